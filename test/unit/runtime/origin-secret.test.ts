import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ORIGIN_SECRET_HEADER } from '../../../core/contract/security-headers.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ping-me-origin-'));
  file = join(folder, 'origin-secret');
  vi.stubEnv('ORIGIN_SECRET', `file:${file}`);
  vi.resetModules();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

describe('an instance that could not read the origin secret', () => {
  it.each([
    ['because it was not there', undefined],
    ['because nothing was in it yet', '\n'],
  ])('%s takes it as soon as it can', async (_why, text) => {
    const { carriesOriginSecret } = await import('../../../lambdas/middleware/origin-secret.ts');
    const headers = { [ORIGIN_SECRET_HEADER]: 'a secret' };
    if (text !== undefined) await writeFile(file, text);
    await expect(carriesOriginSecret(headers)).rejects.toThrow();
    await writeFile(file, 'a secret\n');
    expect(await carriesOriginSecret(headers)).toBe(true);
    expect(await carriesOriginSecret({ [ORIGIN_SECRET_HEADER]: 'another' })).toBe(false);
  });
});
