import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { cacheControlOf, contentTypeOf } from '../../core/contract/page-files.ts';
import { PAGE_PATHS } from '../../core/contract/security-headers.ts';
import type { HttpAnswer } from './http-answer.ts';

/** CloudFront compresses from 1,000 bytes on. */
const COMPRESSED_FROM_BYTES = 1_000;

interface PageFile {
  readonly contentType: string;
  readonly cacheControl: string;
  readonly etag: string;
  readonly bytes: Buffer;
  /** Made at the first request that wants it. */
  readonly compressed: Map<'br' | 'gzip', Promise<Buffer>>;
}

const compress: Record<'br' | 'gzip', (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes) => promisify(gzip)(bytes),
};

const pagePatterns = PAGE_PATHS.map((path) =>
  path.endsWith('/*') ? { prefix: path.slice(0, -1) } : { exact: path as string },
);

/** The built page, held in memory: a path that is none of its files leads nowhere else. */
export class Page {
  private readonly files: ReadonlyMap<string, PageFile>;

  private constructor(files: ReadonlyMap<string, PageFile>) {
    this.files = files;
  }

  /** @param directory `web/dist`; a page without files where there is no such directory */
  static async load(directory: string): Promise<Page> {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
    const files = await Promise.all(
      entries
        .filter((entry) => entry.isFile())
        .map(async (entry) => {
          const file = join(entry.parentPath, entry.name);
          const path = file.slice(directory.length).replaceAll('\\', '/');
          return [path, await readFile(file)] as const;
        }),
    );
    return Page.of(files);
  }

  /** @param files from the page's root: `/index.html` and its bytes */
  static of(files: Iterable<readonly [path: string, bytes: Buffer]>): Page {
    return new Page(new Map([...files].map(([path, bytes]) => [path, toPageFile(path, bytes)])));
  }

  async answer(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): Promise<HttpAnswer> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return plain(405, 'Only GET and HEAD work here.', { allow: 'GET, HEAD' });
    }
    const path = pathOf(request.url ?? '/');
    if (path === undefined) return plain(400, 'The address can not be decoded.');
    const file = this.files.get(path) ?? (isPagePath(path) ? this.files.get('/index.html') : undefined);
    return file === undefined
      ? plain(404, 'There is nothing at this address.')
      : answerFile(file, request.headers);
  }
}

function toPageFile(path: string, bytes: Buffer): PageFile {
  const name = path.slice(1);
  return {
    contentType: contentTypeOf(name),
    cacheControl: cacheControlOf(name),
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    bytes,
    compressed: new Map(),
  };
}

async function answerFile(file: PageFile, requestHeaders: IncomingMessage['headers']): Promise<HttpAnswer> {
  const headers = { 'cache-control': file.cacheControl, etag: file.etag, vary: 'Accept-Encoding' };
  const known = (requestHeaders['if-none-match'] ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''));
  if (known.includes(file.etag)) return { status: 304, headers, body: Buffer.alloc(0) };
  const encoding = encodingFor(file, String(requestHeaders['accept-encoding'] ?? ''));
  return {
    status: 200,
    headers: {
      ...headers,
      'content-type': file.contentType,
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    },
    body: encoding === undefined ? file.bytes : await compressedBytes(file, encoding),
  };
}

function encodingFor(file: PageFile, accepted: string): 'br' | 'gzip' | undefined {
  const isText = /charset|svg|json/.test(file.contentType);
  if (!isText || file.bytes.length < COMPRESSED_FROM_BYTES) return undefined;
  const wanted = accepted
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]);
  return (['br', 'gzip'] as const).find((encoding) => wanted.includes(encoding));
}

function compressedBytes(file: PageFile, encoding: 'br' | 'gzip'): Promise<Buffer> {
  const known = file.compressed.get(encoding);
  if (known !== undefined) return known;
  const made = compress[encoding](file.bytes);
  file.compressed.set(encoding, made);
  made.catch(() => file.compressed.delete(encoding));
  return made;
}

function isPagePath(path: string): boolean {
  return pagePatterns.some((pattern) =>
    'exact' in pattern ? pattern.exact === path : path.startsWith(pattern.prefix) && path !== pattern.prefix,
  );
}

function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '/');
  } catch {
    return undefined;
  }
}

function plain(status: number, text: string, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: Buffer.from(`${text}\n`),
  };
}
