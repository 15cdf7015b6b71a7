import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { get } from 'node:http';
import { connect, createServer } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { takeNetworkAttempts } from '../../support/no-network.ts';

const SENTENCE = /Unit tests have no network/;

describe('unit tests', () => {
  it.each([
    ['a TCP connection', () => connect(9, '127.0.0.1'), 'connect to 127.0.0.1:9'],
    ['a unix socket', () => connect('/tmp/no-such.sock'), 'connect to /tmp/no-such.sock'],
    ['TLS', () => connectTls({ host: '127.0.0.1', port: 9 }), 'connect to 127.0.0.1:9'],
    ['HTTP', () => get('http://127.0.0.1:9/'), 'connect to 127.0.0.1:9'],
    ['a server', () => createServer().listen({ host: '127.0.0.1', port: 0 }), 'listen on 127.0.0.1:0'],
    ['a datagram', () => createSocket('udp4'), 'open a datagram socket'],
  ])('cannot open %s', (_what, open, attempt) => {
    expect(open).toThrow(SENTENCE);
    expect(takeNetworkAttempts()).toEqual([attempt]);
  });

  it.each([
    ['fetch', () => fetch('http://127.0.0.1:9/'), 'fetch http://127.0.0.1:9/'],
    ['a name look-up', () => lookup('localhost'), 'resolve localhost'],
  ])('cannot use %s', async (_what, use, attempt) => {
    await expect(use()).rejects.toThrow(SENTENCE);
    expect(takeNetworkAttempts()).toEqual([attempt]);
  });
});
