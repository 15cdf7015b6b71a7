import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { RotatingSecrets, RotationStage, SecretStore } from '../../application/ports/secret-store.ts';

/** A function that waits longer for a secret than this could not answer its caller in time either. */
const TIMEOUTS = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };

/** AWS Secrets Manager. */
export class SecretsManager implements SecretStore, RotatingSecrets {
  readonly #client: SecretsManagerClient;

  constructor(client = new SecretsManagerClient({ requestHandler: TIMEOUTS })) {
    this.#client = client;
  }

  async read(id: string): Promise<string | undefined> {
    return this.readStage(id, 'AWSCURRENT');
  }

  /**
   * The current text, and the one before it where there is one: two while a secret is being rotated.
   *
   * @throws {Error} one sentence if the secret has no text
   */
  async readVersions(id: string): Promise<readonly [current: string, ...others: string[]]> {
    const [current, previous] = await Promise.all([
      this.readStage(id, 'AWSCURRENT'),
      this.readStage(id, 'AWSPREVIOUS'),
    ]);
    if (current === undefined) throw new Error(`The secret ${id} holds no text.`);
    return previous === undefined ? [current] : [current, previous];
  }

  async write(id: string, text: string): Promise<void> {
    await this.#client.send(new PutSecretValueCommand({ SecretId: id, SecretString: text }));
  }

  async versionsOf(
    id: string,
  ): Promise<{ rotates: boolean; stages: ReadonlyMap<string, readonly string[]> }> {
    const { RotationEnabled, VersionIdsToStages = {} } = await this.#client.send(
      new DescribeSecretCommand({ SecretId: id }),
    );
    return { rotates: RotationEnabled === true, stages: new Map(Object.entries(VersionIdsToStages)) };
  }

  async readStage(id: string, stage: RotationStage, versionId?: string): Promise<string | undefined> {
    try {
      const { SecretString } = await this.#client.send(
        new GetSecretValueCommand({ SecretId: id, VersionStage: stage, VersionId: versionId }),
      );
      return SecretString;
    } catch (error) {
      // No such version, or none at all so far.
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  }

  async addPending(id: string, versionId: string, text: string): Promise<void> {
    await this.#client.send(
      new PutSecretValueCommand({
        SecretId: id,
        ClientRequestToken: versionId,
        SecretString: text,
        VersionStages: ['AWSPENDING'],
      }),
    );
  }

  async makeCurrent(id: string, versionId: string, before: string | undefined): Promise<void> {
    await this.#client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: id,
        VersionStage: 'AWSCURRENT',
        MoveToVersionId: versionId,
        RemoveFromVersionId: before,
      }),
    );
  }
}
