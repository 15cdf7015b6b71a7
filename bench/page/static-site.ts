import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmptyGateway } from '../message-path/empty-gateway.ts';
import { CONTENT } from '../message-path/room.ts';

const PARAGRAPHS = 20_000;

/** A page with nothing in it, and one with text only that is longer than anybody scrolls in a minute. */
export const EMPTY_PATH = '/';
export const LONG_PATH = '/long.html';

/** The gateway with these two static pages, in a process of its own. */
export async function startStaticSite(directory: string): Promise<EmptyGateway> {
  const pageDirectory = join(directory, 'static-site');
  await mkdir(pageDirectory, { recursive: true });
  const document = (body: string) =>
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Static</title><body data-usable>${body}</body></html>`;
  await writeFile(join(pageDirectory, 'index.html'), document(''));
  await writeFile(join(pageDirectory, 'long.html'), document(`<p>${CONTENT}</p>`.repeat(PARAGRAPHS)));
  return EmptyGateway.start({ originSecret: 'of nobody', pageDirectory });
}
