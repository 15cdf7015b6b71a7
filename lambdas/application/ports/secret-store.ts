/** Reads and replaces secrets as a whole. `id` is whatever names a secret where it is kept: an ARN. */
export interface SecretStore {
  /** The current text; undefined while the secret has none. */
  read(id: string): Promise<string | undefined>;
  /** Makes `text` the current one; the one before stays for a while as the previous. */
  write(id: string, text: string): Promise<void>;
}

/** Versions of a secret while it is rotated; see "Rotation by Lambda function" in the guide of AWS Secrets Manager. */
export interface RotatingSecrets {
  /** Whether the secret is rotated at all, and the stages of its versions by their ids. */
  versionsOf(id: string): Promise<{ rotates: boolean; stages: ReadonlyMap<string, readonly string[]> }>;
  /** The text of the version at a stage; undefined if there is none. */
  readStage(id: string, stage: RotationStage, versionId?: string): Promise<string | undefined>;
  /** Adds a version at the stage AWSPENDING. */
  addPending(id: string, versionId: string, text: string): Promise<void>;
  /** Moves the stage AWSCURRENT from one version to another. */
  makeCurrent(id: string, versionId: string, before: string | undefined): Promise<void>;
}

export type RotationStage = 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS';
