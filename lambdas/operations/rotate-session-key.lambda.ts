import type { SecretsManagerRotationEvent } from 'aws-lambda';
import { rotateSessionKey } from '../application/operations/rotate-session-key.ts';
import { secretsManager } from '../runtime/secrets-manager.ts';
import { newSessionKey } from '../runtime/session-keys.ts';

/** Called by Secrets Manager, once for each step of a rotation. */
export async function handler(event: SecretsManagerRotationEvent): Promise<void> {
  await rotateSessionKey(
    { secrets: secretsManager(), newKey: newSessionKey, now: () => new Date() },
    { secretId: event.SecretId, versionId: event.ClientRequestToken, step: event.Step },
  );
}
