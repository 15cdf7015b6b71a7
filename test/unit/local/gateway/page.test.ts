import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Page } from '../../../../local/gateway/page.ts';

let directory: string;
let page: Page;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ping-me-page-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), `<!doctype html>${'x'.repeat(2_000)}`);
  await writeFile(join(directory, 'assets', 'app-abc123.js'), `console.log(${'1'.repeat(2_000)})`);
  await writeFile(join(directory, 'theme.js'), 'short');
  page = await Page.load(directory);
});

afterAll(() => rm(directory, { recursive: true }));

const get = (url: string, headers: Record<string, string> = {}, method = 'GET') =>
  page.answer({ method, url, headers });

describe('Page', () => {
  it.each([
    '/',
    '/login',
    '/sign-up',
    '/channels/general',
    '/messages/anna',
    '/browse',
    '/profile',
    '/login?next=%2F',
  ])('answers %s with the page, never cached', async (url) => {
    const answer = await get(url);
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' },
    });
    expect(answer.body.toString()).toMatch(/^<!doctype html>/);
  });

  it.each(['/nothing', '/channels/', '/channels', '/assets/missing.js', '/assets', '/index.htm'])(
    'answers %s with 404',
    async (url) => {
      expect((await get(url)).status).toBe(404);
    },
  );

  it.each([
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '//etc/passwd',
  ])('leads nowhere with %s', async (url) => {
    expect((await get(url)).status).toBe(404);
  });

  it('lets hashed files be kept for ever', async () => {
    expect((await get('/assets/app-abc123.js')).headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  it('compresses what is worth it, the way the viewer likes', async () => {
    const plain = await get('/assets/app-abc123.js');
    const br = await get('/assets/app-abc123.js', { 'accept-encoding': 'gzip, deflate, br' });
    const gzip = await get('/assets/app-abc123.js', { 'accept-encoding': 'gzip;q=1, br;q=0' });
    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.body)).toEqual(plain.body);
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.body)).toEqual(plain.body);
    expect((await get('/theme.js', { 'accept-encoding': 'br' })).headers).not.toHaveProperty(
      'content-encoding',
    );
  });

  it('answers 304 to whoever has it already', async () => {
    const etag = String((await get('/theme.js')).headers.etag);
    expect((await get('/theme.js', { 'if-none-match': `W/"x", ${etag}` })).status).toBe(304);
    expect((await get('/theme.js', { 'if-none-match': '"x"' })).status).toBe(200);
  });

  it('refuses other methods and addresses that cannot be decoded', async () => {
    expect(await get('/', {}, 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    expect((await get('/%zz')).status).toBe(400);
    expect((await get('/', {}, 'HEAD')).status).toBe(200);
  });

  it('has nothing where it was not built', async () => {
    const none = await Page.load(join(directory, 'none'));
    expect((await none.answer({ method: 'GET', url: '/', headers: {} })).status).toBe(404);
  });
});
