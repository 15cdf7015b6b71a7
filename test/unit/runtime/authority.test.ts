import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readAuthority } from '../../../lambdas/runtime/authority.ts';

const ONE = '-----BEGIN CERTIFICATE-----\nMIIB1111+/==\n-----END CERTIFICATE-----';
const TWO = '-----BEGIN CERTIFICATE-----\nMIIB2222+/==\n-----END CERTIFICATE-----';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ping-me-authority-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(secret: string): Promise<string> {
  const path = join(folder, 'authority');
  writeFileSync(path, secret);
  return readAuthority('KAFKA_TLS_AUTHORITY', `file:${path}`);
}

it.each([
  ['plain PEM', `${ONE}\n${TWO}\n`],
  ['JSON as Lambda’s event sources want it', JSON.stringify({ certificate: `${ONE}\n${TWO}\n` })],
  ['that JSON with lines broken in the middle', `{"certificate":"${ONE}\n${TWO}"}`],
])('an authority’s certificates are read from %s', async (_, secret) => {
  expect(await read(secret)).toBe(`${ONE}\n${TWO}\n`);
});

it('something else is refused in one sentence that names the setting and quotes nothing', async () => {
  const refused = read('hunter2');
  await expect(refused).rejects.toThrow('The setting KAFKA_TLS_AUTHORITY must lead to certificates in PEM.');
});
