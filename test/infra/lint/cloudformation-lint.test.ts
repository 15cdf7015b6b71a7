import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pythonTools } from '../../support/python-tools.ts';
import { EMULATOR } from '../support/choices.ts';
import { combinations } from '../support/combinations.ts';
import { synthesize } from '../support/synthesize.ts';

const CFN_LINT = 'cfn-lint==1.58.0';

/**
 * W3005: a dependency that a reference implies as well; the CDK writes every one that it is told.
 */
const IGNORED = ['W3005'];

let folder: string;
let cfnLint: string;

beforeAll(async () => {
  cfnLint = join(await pythonTools([CFN_LINT]), 'cfn-lint');
  folder = await mkdtemp(join(tmpdir(), 'ping-me-lint-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What cfn-lint says of template files, with the schemas of the region's resources; empty if nothing. */
async function lint(files: readonly string[], region: string): Promise<string> {
  const args = ['--regions', region, '--ignore-checks', ...IGNORED, '--template', ...files];
  return promisify(execFile)(cfnLint, args, { maxBuffer: 16_000_000 }).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string; message: string }) => error.stdout || error.message,
  );
}

describe('cfn-lint', () => {
  it('finds a property that does not exist', async () => {
    const file = join(folder, 'wrong.json');
    const wrong = { Resources: { Topic: { Type: 'AWS::MSK::Topic', Properties: { Partitions: 'many' } } } };
    await writeFile(file, JSON.stringify(wrong));
    expect(await lint([file], 'us-east-1')).toContain("'Partitions' was unexpected");
  });

  it('finds nothing in any template of any combination of choices', async () => {
    const all = [...combinations().map(({ choices }) => choices), EMULATOR];
    const filesOf: Record<string, string[]> = {};
    // Most combinations share most templates.
    const seen = new Set<string>();
    for (const [index, choices] of all.entries()) {
      const region = 'region' in choices ? String(choices.region) : 'us-east-1';
      for (const [name, template] of Object.entries(synthesize(choices).templates)) {
        const text = JSON.stringify(template);
        if (seen.has(text)) continue;
        seen.add(text);
        const file = join(folder, `${index}-${name}.json`);
        await writeFile(file, text);
        filesOf[name === 'Edge' ? 'us-east-1' : region] ??= [];
        filesOf[name === 'Edge' ? 'us-east-1' : region]?.push(file);
      }
    }
    for (const [region, files] of Object.entries(filesOf)) expect(await lint(files, region), region).toBe('');
  });
});
