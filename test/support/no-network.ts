import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { afterEach } from 'vitest';

/**
 * Set-up file of the unit projects: no socket can be opened, bound or listened on, and no name resolved, not even on
 * loopback. An attempt throws where it is made, and fails the test even where the code under test swallows the error
 * (a client that retries, a promise nobody awaits).
 */
const attempts: string[] = [];

function refuse(what: string): never {
  attempts.push(what);
  throw new Error(
    `Unit tests have no network, but this one tried to ${what}. Use a double, or move the test to test/integration.`,
  );
}

/** What was tried since the last call, oldest first; a test that provokes an attempt on purpose takes it away. */
export function takeNetworkAttempts(): string[] {
  return attempts.splice(0);
}

function targetOf(args: readonly unknown[]): string {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'object' && first !== null) {
    const { path, host, port } = first as { path?: string; host?: string; port?: number };
    return path ?? `${host ?? 'localhost'}:${port ?? '?'}`;
  }
  return String(first);
}

net.Socket.prototype.connect = (...args: unknown[]) => refuse(`connect to ${targetOf(args)}`);
net.Server.prototype.listen = (...args: unknown[]) => refuse(`listen on ${targetOf(args)}`);
dgram.createSocket = () => refuse('open a datagram socket');
// A name that is looked up is a packet that leaves the machine; the promise API shares nothing with the callback one.
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6'] as const) {
  const refuseName = (host: unknown) => refuse(`resolve ${String(host)}`);
  Object.assign(dns, { [name]: refuseName });
  Object.assign(dns.promises, { [name]: async (host: unknown) => refuseName(host) });
}
syncBuiltinESMExports();
globalThis.fetch = async (input) => refuse(`fetch ${input instanceof Request ? input.url : String(input)}`);

afterEach(() => {
  const made = takeNetworkAttempts();
  if (made.length > 0) {
    throw new Error(`This unit test tried to ${made.join(', ')}; unit tests have no network.`);
  }
});
