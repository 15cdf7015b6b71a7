import { Agent, request } from 'node:http';

const AT_ONCE = 64;
const agent = new Agent({ keepAlive: true, noDelay: true, maxSockets: AT_ONCE });

/** Posts a frame to every connection, with nothing around it: no client, no signature but the word that there is one. */
export async function postToAll(
  endpoint: string,
  connectionIds: readonly string[],
  frame: string,
): Promise<void> {
  const { hostname, port, pathname } = new URL(endpoint);
  const waiting = connectionIds.values();
  const post = (connectionId: string) =>
    new Promise<void>((resolve, reject) => {
      const outgoing = request(
        {
          agent,
          hostname,
          port,
          method: 'POST',
          path: `${pathname}/@connections/${encodeURIComponent(connectionId)}`,
          headers: { authorization: 'AWS4-HMAC-SHA256 none', 'content-length': Buffer.byteLength(frame) },
        },
        (response) => {
          response.resume();
          response.on('end', () =>
            response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`)),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(frame);
    });
  const worker = async () => {
    for (const connectionId of waiting) await post(connectionId);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
