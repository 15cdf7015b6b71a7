import type { BrowserContext, Page } from 'playwright-core';

/** Bytes of bodies as they came over the network, compressed; their headers depend on the version of HTTP. */
export interface Transferred {
  /** Everything that the page is made of: documents, scripts, styles, fonts, pictures. */
  readonly files: number;
  /** Answers of the API. */
  readonly answers: number;
}

/**
 * Counts what a page asks for while `use` goes on, and nothing that it fetches ahead of time afterwards.
 *
 * @param encoding the only one that the browser says it takes
 */
export async function transferredDuring(
  context: BrowserContext,
  encoding: 'gzip' | 'br',
  use: (page: Page) => Promise<void>,
): Promise<Transferred> {
  await context.setExtraHTTPHeaders({ 'accept-encoding': encoding });
  const page = await context.newPage();
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  /** By request; the bytes of a response that has only begun are those of its headers. */
  const counted = new Map<string, { path: string; headers: number; all: number }>();
  let isOver = false;
  network.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!isOver) counted.set(requestId, { path: new URL(request.url).pathname, headers: 0, all: 0 });
  });
  network.on('Network.responseReceived', ({ requestId, response }) => {
    const transfer = counted.get(requestId);
    if (transfer) transfer.headers = response.encodedDataLength;
  });
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const transfer = counted.get(requestId);
    if (transfer) transfer.all = encodedDataLength;
  });
  await use(page);
  isOver = true;
  await page.waitForLoadState('networkidle');
  let [files, answers] = [0, 0];
  for (const { path, headers, all } of counted.values()) {
    const body = Math.max(0, all - headers);
    if (path.startsWith('/api/')) answers += body;
    else files += body;
  }
  return { files, answers };
}
