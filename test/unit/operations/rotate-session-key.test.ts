import { beforeEach, expect, it } from 'vitest';
import { OLD_KEY_ACCEPTED_MS, parseSessionKeys } from '../../../lambdas/adapters/identity/session-keys.ts';
import { rotateSessionKey } from '../../../lambdas/application/operations/rotate-session-key.ts';
import type { RotationRequest } from '../../../lambdas/application/operations/rotation.ts';
import { newSessionKey } from '../../../lambdas/runtime/session-keys.ts';
import { MemorySecrets } from '../../support/doubles/memory-secrets.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const FIRST = JSON.stringify({ kid: 'first', key: 'k'.repeat(64) });
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

let secrets: MemorySecrets;
beforeEach(() => {
  secrets = new MemorySecrets();
  secrets.put('key', FIRST);
});

const step = (versionId: string, name: RotationRequest['step']) =>
  rotateSessionKey(
    { secrets, newKey: newSessionKey, now: () => NOW },
    { secretId: 'key', versionId, step: name },
  );

it.each([
  ['once', 1],
  ['twice', 2],
])(
  'with every step done %s there is a new key, and the old one is accepted while its tokens are about',
  async (_, times) => {
    const versionId = secrets.beginRotation('key');
    for (const name of STEPS) for (let time = 0; time < times; time += 1) await step(versionId, name);
    const text = `${await secrets.read('key')}\n${FIRST}`;
    const keys = parseSessionKeys(text, NOW.getTime());
    expect(keys.current.kid).toBe(versionId);
    expect([...keys.accepted.keys()]).toEqual([versionId, 'first']);
    const later = parseSessionKeys(text, NOW.getTime() + OLD_KEY_ACCEPTED_MS);
    expect([...later.accepted.keys()]).toEqual([versionId]);
  },
);

it('until it is finished the old key signs', async () => {
  const versionId = secrets.beginRotation('key');
  for (const name of STEPS.slice(0, 3)) await step(versionId, name);
  expect(await secrets.read('key')).toBe(FIRST);
});

it('a version that nobody asked for is refused', async () => {
  secrets.beginRotation('key');
  await expect(step('another', 'createSecret')).rejects.toThrow('AWSPENDING');
});
