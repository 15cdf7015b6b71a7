import type { RotatingSecrets } from '../ports/secret-store.ts';
import { isFinished, makeCurrent, type RotationRequest } from './rotation.ts';

export interface SessionKeyRotation {
  readonly secrets: RotatingSecrets;
  /** 32 bytes or more, in base64url. */
  readonly newKey: () => string;
  readonly now: () => Date;
}

/**
 * One step of a rotation of the session tokens' key. Nothing else knows the key, so that there is nothing to set or test; the
 * version before goes on being accepted until its last token has run out (`since` says from when that counts).
 *
 * @throws {Error} one sentence, when the secret is not being rotated to this version
 */
export async function rotateSessionKey(
  { secrets, newKey, now }: SessionKeyRotation,
  request: RotationRequest,
): Promise<void> {
  if (await isFinished(secrets, request)) return;
  const { secretId, versionId, step } = request;
  if (step === 'finishSecret') return makeCurrent(secrets, request);
  if (step !== 'createSecret') return;
  if ((await secrets.readStage(secretId, 'AWSPENDING', versionId)) !== undefined) return;
  const version = { kid: versionId, key: newKey(), since: now().toISOString() };
  await secrets.addPending(secretId, versionId, JSON.stringify(version));
}
