import { randomUUID } from 'node:crypto';
import type {
  RotatingSecrets,
  RotationStage,
  SecretStore,
} from '../../../lambdas/application/ports/secret-store.ts';

interface Version {
  /** Absent from the begin of a rotation to its first step. */
  readonly text: string | undefined;
  stages: string[];
}

/** Secrets with versions and stages as AWS Secrets Manager keeps them. */
export class MemorySecrets implements SecretStore, RotatingSecrets {
  readonly rotating = new Set<string>();
  readonly #secrets = new Map<string, Map<string, Version>>();
  readonly #onCurrent: (id: string, text: string) => void;

  /** @param onCurrent called whenever a secret has another current version */
  constructor(onCurrent: (id: string, text: string) => void = () => undefined) {
    this.#onCurrent = onCurrent;
  }

  put(id: string, text: string): void {
    const versionId = randomUUID();
    this.#versions(id).set(versionId, { text, stages: [] });
    this.#moveCurrent(id, versionId);
  }

  async read(id: string): Promise<string | undefined> {
    return this.readStage(id, 'AWSCURRENT');
  }

  async write(id: string, text: string): Promise<void> {
    this.put(id, text);
  }

  async versionsOf(
    id: string,
  ): Promise<{ rotates: boolean; stages: ReadonlyMap<string, readonly string[]> }> {
    const stages = new Map([...this.#versions(id)].map(([versionId, { stages }]) => [versionId, stages]));
    return { rotates: this.rotating.has(id), stages };
  }

  async readStage(id: string, stage: RotationStage, versionId?: string): Promise<string | undefined> {
    return [...this.#versions(id)].find(
      ([held, version]) => version.stages.includes(stage) && (versionId === undefined || held === versionId),
    )?.[1].text;
  }

  /** What Secrets Manager does before it calls the first step: a version that has a stage and no text yet. */
  beginRotation(id: string): string {
    const versionId = randomUUID();
    this.rotating.add(id);
    this.#versions(id).set(versionId, { text: undefined, stages: ['AWSPENDING'] });
    return versionId;
  }

  async addPending(id: string, versionId: string, text: string): Promise<void> {
    this.#versions(id).set(versionId, { text, stages: ['AWSPENDING'] });
  }

  async makeCurrent(id: string, versionId: string, before: string | undefined): Promise<void> {
    const held = [...this.#versions(id)].find(([, { stages }]) => stages.includes('AWSCURRENT'))?.[0];
    if (held !== before) throw new Error('The stage is at another version.');
    this.#moveCurrent(id, versionId);
  }

  #moveCurrent(id: string, versionId: string): void {
    for (const version of this.#versions(id).values()) {
      version.stages = version.stages.includes('AWSCURRENT')
        ? ['AWSPREVIOUS']
        : version.stages.filter((stage) => stage === 'AWSPENDING');
    }
    const version = this.#versions(id).get(versionId);
    if (version === undefined) throw new Error(`There is no version ${versionId}.`);
    version.stages = ['AWSCURRENT'];
    this.#onCurrent(id, version.text ?? '');
  }

  #versions(id: string): Map<string, Version> {
    const versions = this.#secrets.get(id) ?? new Map<string, Version>();
    this.#secrets.set(id, versions);
    return versions;
  }
}
