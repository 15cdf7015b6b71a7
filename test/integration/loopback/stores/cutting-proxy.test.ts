import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CuttingProxy } from '../../../../local/faults/cutting-proxy.ts';

const PRODUCE = 0;
const METADATA = 3;

/** A server that keeps what it gets and sends it back. */
async function startEcho() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      socket.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { host: '127.0.0.1', port: address.port };
}

/** A broker as far as framing goes: it "appends" every request, then answers with the correlation id and "ok". */
async function startBroker() {
  const appended: number[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (let start = 0; start < chunk.length; start += 12) {
        const correlationId = chunk.readInt32BE(start + 8);
        appended.push(correlationId);
        socket.write(frame(correlationId, Buffer.from('ok')));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return { host: '127.0.0.1', port: address.port, appended };
}

function frame(correlationId: number, rest: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(4 + rest.length);
  head.writeInt32BE(correlationId, 4);
  return Buffer.concat([head, rest]);
}

function request(apiKey: number, correlationId: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeInt32BE(8);
  bytes.writeInt16BE(apiKey, 4);
  bytes.writeInt32BE(correlationId, 8);
  return bytes;
}

async function open(options: Parameters<typeof CuttingProxy.open>[0]): Promise<CuttingProxy> {
  const proxy = await CuttingProxy.open(options);
  onTestFinished(() => proxy.close());
  return proxy;
}

async function client(proxy: CuttingProxy): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** A reset is an error to `once`, and here what is expected. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

async function answer(socket: Socket): Promise<Buffer> {
  const [chunk] = await once(socket, 'data');
  return chunk;
}

describe('the cutting proxy', () => {
  it('forwards what comes, both ways', async () => {
    const proxy = await open({ target: await startEcho(), protocol: 'plain' });
    const socket = await client(proxy);
    socket.write('hello');
    expect(String(await answer(socket))).toBe('hello');
  });

  it('cuts between append and response, once for each time it is armed', async () => {
    const broker = await startBroker();
    const proxy = await open({ target: broker, protocol: 'kafka' });
    const first = await client(proxy);
    const cut = proxy.cutAfterAppend();
    const answers: Buffer[] = [];
    first.on('data', (chunk) => answers.push(chunk));
    const closed = closeOf(first);
    first.write(Buffer.concat([request(METADATA, 1), request(PRODUCE, 2)]));
    expect(await cut).toEqual({ correlationId: 2 });
    await closed;
    expect(broker.appended).toEqual([1, 2]);
    expect(Buffer.concat(answers).includes(frame(2, Buffer.from('ok')))).toBe(false);

    const second = await client(proxy);
    second.write(request(PRODUCE, 3));
    expect(await answer(second)).toEqual(frame(3, Buffer.from('ok')));
  });

  it('leaves other requests alone while it is armed, and everything once disarmed', async () => {
    const proxy = await open({ target: await startBroker(), protocol: 'kafka' });
    void proxy.cutAfterAppend();
    const socket = await client(proxy);
    socket.write(request(METADATA, 1));
    expect(await answer(socket)).toEqual(frame(1, Buffer.from('ok')));
    proxy.disarm();
    socket.write(request(PRODUCE, 2));
    expect(await answer(socket)).toEqual(frame(2, Buffer.from('ok')));
  });

  it('cuts what is open, and lets clients come back', async () => {
    const proxy = await open({ target: await startEcho(), protocol: 'plain' });
    const socket = await client(proxy);
    const closed = closeOf(socket);
    proxy.cut();
    await closed;
    const again = await client(proxy);
    again.write('x');
    expect(String(await answer(again))).toBe('x');
  });

  it('refuses new connections until told otherwise; open ones stay', async () => {
    const proxy = await open({ target: await startEcho(), protocol: 'plain' });
    const socket = await client(proxy);
    proxy.refuse();
    await expect(client(proxy)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    socket.write('still here');
    expect(String(await answer(socket))).toBe('still here');
    await proxy.accept();
    await client(proxy);
  });

  it('delays every byte, in order, each way', async () => {
    const echo = await startEcho();
    const proxy = await open({ target: echo, protocol: 'plain' });
    const socket = await client(proxy);
    proxy.delay(150);
    const started = performance.now();
    socket.write('a');
    expect(String(await answer(socket))).toBe('a');
    expect(performance.now() - started).toBeGreaterThanOrEqual(299);
    socket.write('b');
    proxy.delay(0);
    socket.write('c');
    let text = '';
    while (text.length < 2) text += String(await answer(socket));
    expect(text).toBe('bc');
  });

  it('ends the client when the server behind it is gone', async () => {
    const proxy = await open({ target: { host: '127.0.0.1', port: 1 }, protocol: 'plain' });
    const socket = await client(proxy);
    await closeOf(socket);
  });
});
