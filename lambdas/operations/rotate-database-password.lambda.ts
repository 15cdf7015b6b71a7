import type { SecretsManagerRotationEvent } from 'aws-lambda';
import { rotatePassword } from '../application/operations/rotate-password.ts';
import { databaseRoles, newPassword, pause } from '../runtime/database-roles.ts';
import { databaseRoleSettings } from '../runtime/environment.ts';
import { secretsManager } from '../runtime/secrets-manager.ts';

/** The stack generates the secret with the first of them. */
const USERNAMES = ['ping_me_a', 'ping_me_b'] as const;

/** Called by Secrets Manager, once for each step of a rotation. */
export async function handler(event: SecretsManagerRotationEvent): Promise<void> {
  await rotatePassword(
    { secrets: secretsManager(), roles: databaseRoles(), newPassword, pause },
    { administratorSecret: databaseRoleSettings().administratorSecret, usernames: USERNAMES },
    { secretId: event.SecretId, versionId: event.ClientRequestToken, step: event.Step },
  );
}
