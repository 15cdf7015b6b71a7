import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Page } from '../../../../local/gateway/page.ts';

const compressions = vi.hoisted(() => ({ failing: 0 }));
vi.mock('node:zlib', async (original) => {
  const zlib = await original<typeof import('node:zlib')>();
  const brotliCompress: typeof zlib.brotliCompress.__promisify__ = async (...input) => {
    compressions.failing -= 1;
    if (compressions.failing >= 0) throw new Error('no memory');
    const [bytes, options] = input;
    return zlib.brotliCompressSync(bytes, options);
  };
  const { custom } = (await import('node:util')).promisify;
  return { ...zlib, brotliCompress: Object.assign(() => undefined, { [custom]: brotliCompress }) };
});

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ping-me-page-'));
  await writeFile(join(directory, 'index.html'), `<!doctype html>${'x'.repeat(2_000)}`);
});
afterAll(() => rm(directory, { recursive: true }));

it('A file that could not be compressed once is compressed for the next request', async () => {
  const page = await Page.load(directory);
  const get = () => page.answer({ method: 'GET', url: '/', headers: { 'accept-encoding': 'br' } });
  compressions.failing = 1;
  await expect(get()).rejects.toThrow('no memory');
  const answers = [await get(), await get()];
  for (const { body } of answers) expect(brotliDecompressSync(body).toString()).toMatch(/^<!doctype html>/);
  // One that failed and one that is kept.
  expect(compressions.failing).toBe(-1);
});
