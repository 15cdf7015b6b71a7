import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { readConfig } from '../../../lib/config.ts';
import { PingMe } from '../../../lib/ping-me-app.ts';

/** The feature flags that the project synthesizes with. */
const FLAGS: Record<string, unknown> = JSON.parse(readFileSync('cdk.json', 'utf8')).context;

/** Does not run the bundler: most assertions are about everything but code. */
const NO_BUNDLING = { 'aws:cdk:bundling-stacks': [] };

export interface Synthesized {
  /** All templates by the ends of their stacks' names: `Api`. Not to be changed: tests share them. */
  readonly templates: Readonly<Record<string, SynthesizedTemplate>>;
  /** Ends of the names of the stacks that refuse to be deleted, sorted. */
  readonly protectedStacks: readonly string[];
  /** What the rule packs say, `<rule> <construct>` each, as far as it is not acknowledged. */
  findings(): readonly string[];
}

export interface SynthesizedTemplate {
  readonly Resources?: Record<string, SynthesizedResource>;
  readonly Outputs?: Record<string, { readonly Value: unknown }>;
  readonly [section: string]: unknown;
}

export interface SynthesizedResource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly [section: string]: unknown;
}

export interface SynthesizeOptions {
  /** Bundles the functions' code as a deployment does. */
  readonly bundle?: boolean;
  /** Contents of `index.html` of a page that is made for the test. */
  readonly page?: string;
  /** Does not take what an earlier call with the same choices has made. */
  readonly anew?: boolean;
}

const made = new Map<string, Synthesized>();

/** Builds the very app that `bin` builds, with choices as `-c` gives them. */
export function synthesize(
  choices: Readonly<Record<string, unknown>> = {},
  { anew = false, ...options }: SynthesizeOptions = {},
): Synthesized {
  const key = JSON.stringify([choices, options]);
  const known = made.get(key);
  if (known !== undefined && !anew) return known;
  const synthesized = synthesizeAnew(choices, options);
  made.set(key, synthesized);
  return synthesized;
}

function synthesizeAnew(
  choices: Readonly<Record<string, unknown>>,
  { bundle = false, page = '<!doctype html>' }: SynthesizeOptions,
): Synthesized {
  const directory = mkdtempSync(join(tmpdir(), 'ping-me-infra-'));
  const pageDirectory = join(directory, 'page');
  const jarsDirectory = join(directory, 'jars');
  try {
    mkdirSync(join(pageDirectory, 'assets'), { recursive: true });
    writeFileSync(join(pageDirectory, 'index.html'), page);
    mkdirSync(jarsDirectory);
    writeFileSync(join(jarsDirectory, 'cassandra.jar'), '');
    const app = new App({
      outdir: join(directory, 'cdk.out'),
      analyticsReporting: false,
      context: { ...FLAGS, ...(bundle ? {} : NO_BUNDLING) },
    });
    new PingMe(app, { config: readConfig(choices), pageDirectory, jarsDirectory });
    const { stacks } = app.synth();
    const nameOf = (stackName: string) => stackName.replace('PingMe-', '');
    return {
      templates: Object.fromEntries(stacks.map(({ stackName, template }) => [nameOf(stackName), template])),
      protectedStacks: stacks
        .filter((stack) => stack.terminationProtection)
        .map((stack) => nameOf(stack.stackName))
        .sort(),
      findings: () => findingsOf(app),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What the rule packs say of an app; see `Synthesized.findings`. */
export function findingsOf(app: App): string[] {
  return [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
    pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
      ),
  );
}
