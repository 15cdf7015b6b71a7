import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';

/** A function that waits longer for a secret than this could not answer its caller in time either. */
const TIMEOUTS = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };

let client: SecretsManagerClient | undefined;

/**
 * The current version of a secret's text, and the one before it where there is one.
 *
 * @param id ARN or name of the secret
 */
export async function readFromSecretsManager(id: string): Promise<readonly [string, ...string[]]> {
  client ??= new SecretsManagerClient({ requestHandler: TIMEOUTS });
  const [current, previous] = await Promise.all([
    versionOf(client, id, 'AWSCURRENT'),
    versionOf(client, id, 'AWSPREVIOUS').catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }),
  ]);
  return previous === undefined ? [current] : [current, previous];
}

async function versionOf(secrets: SecretsManagerClient, id: string, stage: string): Promise<string> {
  const { SecretString } = await secrets.send(
    new GetSecretValueCommand({ SecretId: id, VersionStage: stage }),
  );
  if (SecretString === undefined) throw new Error(`The secret ${id} holds no text.`);
  return SecretString;
}
