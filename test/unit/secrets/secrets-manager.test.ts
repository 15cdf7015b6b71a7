import { ResourceNotFoundException, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from 'vitest';
import { SecretsManager } from '../../../lambdas/adapters/secrets/secrets-manager.ts';

interface Sent {
  readonly name: string;
  readonly input: unknown;
}

let sent: Sent[];
let answer: (name: string, input: unknown) => unknown;
let secrets: SecretsManager;

beforeEach(() => {
  sent = [];
  answer = () => ({});
  const client = new SecretsManagerClient({ region: 'us-east-1' });
  client.middlewareStack.add(
    (_next, context) => async (args) => {
      const name = context.commandName ?? '';
      sent.push({ name, input: args.input });
      return { output: answer(name, args.input) as never, response: undefined };
    },
    { step: 'initialize', priority: 'high' },
  );
  secrets = new SecretsManager(client);
});

describe('Secrets Manager', () => {
  it('is asked for the current version, and a secret without one has no text', async () => {
    answer = () => ({ SecretString: 'text' });
    expect(await secrets.read('arn')).toBe('text');
    expect(sent).toEqual([
      {
        name: 'GetSecretValueCommand',
        input: { SecretId: 'arn', VersionStage: 'AWSCURRENT', VersionId: undefined },
      },
    ]);
    answer = () => {
      throw new ResourceNotFoundException({ message: 'no such version', $metadata: {} });
    };
    expect(await secrets.read('arn')).toBeUndefined();
  });

  it('is asked for the version before as well, which most secrets do not have', async () => {
    const versions: Record<string, string> = { AWSCURRENT: 'new', AWSPREVIOUS: 'old' };
    answer = (_name, input) => {
      const { VersionStage } = input as { VersionStage: string };
      const text = versions[VersionStage];
      if (text === undefined) throw new ResourceNotFoundException({ message: 'none', $metadata: {} });
      return { SecretString: text };
    };
    expect(await secrets.readVersions('arn')).toEqual(['new', 'old']);
    delete versions.AWSPREVIOUS;
    expect(await secrets.readVersions('arn')).toEqual(['new']);
    delete versions.AWSCURRENT;
    await expect(secrets.readVersions('arn')).rejects.toThrow('The secret arn holds no text.');
  });

  it('passes on that it is away', async () => {
    answer = () => {
      throw new Error('away');
    };
    await expect(secrets.read('arn')).rejects.toThrow('away');
  });

  it('tells which versions there are, and whether the secret is rotated', async () => {
    answer = () => ({
      RotationEnabled: true,
      VersionIdsToStages: { one: ['AWSCURRENT'], two: ['AWSPENDING'] },
    });
    expect(await secrets.versionsOf('arn')).toEqual({
      rotates: true,
      stages: new Map([
        ['one', ['AWSCURRENT']],
        ['two', ['AWSPENDING']],
      ]),
    });
    answer = () => ({});
    expect(await secrets.versionsOf('arn')).toEqual({ rotates: false, stages: new Map() });
  });

  it('takes a pending version under the id of the rotation, and moves the stage from the one that holds it', async () => {
    await secrets.addPending('arn', 'two', 'text');
    await secrets.makeCurrent('arn', 'two', 'one');
    expect(sent).toEqual([
      {
        name: 'PutSecretValueCommand',
        input: {
          SecretId: 'arn',
          ClientRequestToken: 'two',
          SecretString: 'text',
          VersionStages: ['AWSPENDING'],
        },
      },
      {
        name: 'UpdateSecretVersionStageCommand',
        input: {
          SecretId: 'arn',
          VersionStage: 'AWSCURRENT',
          MoveToVersionId: 'two',
          RemoveFromVersionId: 'one',
        },
      },
    ]);
  });
});
