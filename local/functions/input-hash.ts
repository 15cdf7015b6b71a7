import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Hashes the contents of files, each file once. What lies in node_modules is stood for by the lockfile. */
export class InputHasher {
  private readonly root: string;
  private readonly digests = new Map<string, Promise<string>>();

  /** @param root the repository's root; paths are relative to it */
  constructor(root: string) {
    this.root = root;
  }

  /**
   * @param paths of the inputs, in any order
   * @param more whatever else the output depends on: options, versions
   * @returns undefined when an input is gone
   */
  async hash(paths: readonly string[], more: unknown): Promise<string | undefined> {
    const own = [...new Set(paths)].filter((path) => !path.includes('node_modules/')).sort();
    const packages = await this.digestOf('package-lock.json').catch(() => 'none');
    try {
      const digests = await Promise.all(own.map(async (path) => `${path} ${await this.digestOf(path)}`));
      return createHash('sha256')
        .update(JSON.stringify([more, packages, digests]))
        .digest('hex');
    } catch {
      return undefined;
    }
  }

  private digestOf(path: string): Promise<string> {
    let digest = this.digests.get(path);
    if (digest === undefined) {
      digest = readFile(resolve(this.root, path)).then((bytes) =>
        createHash('sha256').update(bytes).digest('hex'),
      );
      this.digests.set(path, digest);
    }
    return digest;
  }
}
