import { beforeEach, describe, expect, it } from 'vitest';
import {
  type RotationServices,
  rotatePassword,
} from '../../../lambdas/application/operations/rotate-password.ts';
import type { RotationRequest } from '../../../lambdas/application/operations/rotation.ts';
import { MemoryRoles } from '../../support/doubles/memory-roles.ts';
import { MemorySecrets } from '../../support/doubles/memory-secrets.ts';

const ADMINISTRATOR = { username: 'admin', password: 'admin-password' };
const PLAN = { administratorSecret: 'administrator', usernames: ['a', 'b'] } as const;

let secrets: MemorySecrets;
let roles: MemoryRoles;
let services: RotationServices;
let made: number;

beforeEach(() => {
  secrets = new MemorySecrets();
  secrets.put('administrator', JSON.stringify(ADMINISTRATOR));
  secrets.put('application', JSON.stringify({ username: 'a', password: 'first' }));
  roles = new MemoryRoles({ admin: 'admin-password', a: 'first' }, ['admin']);
  made = 0;
  services = {
    secrets,
    roles,
    newPassword: () => {
      made += 1;
      return `made-${made}`;
    },
    pause: async () => undefined,
  };
});

function step(versionId: string, name: RotationRequest['step']): Promise<void> {
  return rotatePassword(services, PLAN, { secretId: 'application', versionId, step: name });
}

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;

async function rotate(times = 1): Promise<void> {
  const versionId = secrets.beginRotation('application');
  for (const name of STEPS) for (let time = 0; time < times; time += 1) await step(versionId, name);
}

const current = async () => JSON.parse((await secrets.read('application')) ?? '');

describe('a rotation', () => {
  it('changes the role that is not in use, and then makes it the current one', async () => {
    await rotate();
    expect(await current()).toEqual({ username: 'b', password: 'made-1' });
    expect(roles.passwords).toMatchObject({ a: 'first', b: 'made-1' });
    await rotate();
    expect(await current()).toEqual({ username: 'a', password: 'made-2' });
    expect(roles.passwords).toMatchObject({ a: 'made-2', b: 'made-1' });
  });

  it('may have every step done twice', async () => {
    await rotate(2);
    expect(await current()).toEqual({ username: 'b', password: 'made-1' });
    expect(roles.passwords).toMatchObject({ a: 'first', b: 'made-1' });
  });

  it('leaves the current password as it is until the new one is let in', async () => {
    const versionId = secrets.beginRotation('application');
    await step(versionId, 'createSecret');
    roles.refusing = true;
    await expect(step(versionId, 'testSecret')).rejects.toThrow(
      'The nodes refuse the pending password of b.',
    );
    expect(await current()).toEqual({ username: 'a', password: 'first' });
  });

  it('is refused for a secret that is not rotated, and for a version that nobody began', async () => {
    await expect(step('unknown', 'createSecret')).rejects.toThrow('is not set to be rotated');
    secrets.beginRotation('application');
    await expect(step('unknown', 'createSecret')).rejects.toThrow('is not at the stage AWSPENDING');
  });

  it('never changes the role in use, whatever the pending version says', async () => {
    const versionId = secrets.beginRotation('application');
    await secrets.addPending('application', versionId, JSON.stringify({ username: 'a', password: 'other' }));
    await expect(step(versionId, 'setSecret')).rejects.toThrow('not the one to change');
    expect(roles.passwords.a).toBe('first');
  });
});
