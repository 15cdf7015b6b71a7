import type { Outcome } from './outcome.ts';
import { renderSeconds } from './outcome.ts';
import { runTool } from './run-command.ts';
import { runVitestSuite } from './vitest-suite.ts';

interface CheckStep {
  readonly name: string;
  readonly run: () => Promise<Outcome & { output: string }>;
}

const TIME_LIMIT_SECONDS = 600;
/** What is kept is printed later, perhaps into a file. */
const PLAIN_TEXT = { NO_COLOR: '1', FORCE_COLOR: '0' };

/** A step that is a sequence of tools; all of them have their say. */
function toolStep(
  name: string,
  commands: readonly (readonly [tool: string, ...args: string[]])[],
): CheckStep {
  return {
    name,
    run: async () => {
      const startedAt = performance.now();
      let output = '';
      let failed = false;
      for (const [tool, ...args] of commands) {
        const run = await runTool(tool, args, {
          output: 'keep',
          timeLimitSeconds: TIME_LIMIT_SECONDS,
          environment: PLAIN_TEXT,
        });
        output += run.output;
        failed ||= run.exitCode !== 0;
      }
      const seconds = (performance.now() - startedAt) / 1_000;
      return { suite: name, passed: failed ? 0 : 1, failed: failed ? 1 : 0, seconds, output };
    },
  };
}

/** tsc remembers what it has seen, so that the second run takes a fraction of the first. */
const typeCheck = (project: string, memory: string) =>
  [
    'tsc',
    '-p',
    project,
    '--incremental',
    '--tsBuildInfoFile',
    `node_modules/.cache/types/${memory}`,
  ] as const;

/** Longest first, so that the two that run at once end at about the same time. */
const STEPS: readonly CheckStep[] = [
  {
    name: 'unit',
    run: () =>
      runVitestSuite({
        name: 'unit',
        projects: ['unit', 'unit-web'],
        timeLimitSeconds: TIME_LIMIT_SECONDS,
        output: 'keep',
        environment: PLAIN_TEXT,
      }),
  },
  toolStep('types', [
    typeCheck('tsconfig.json', 'root'),
    typeCheck('web/tsconfig.json', 'web'),
    typeCheck('test/e2e/tsconfig.json', 'e2e'),
    typeCheck('lib/tsconfig.json', 'lib'),
  ]),
  toolStep('unused code', [['knip', '--no-progress']]),
  toolStep('import rules', [
    [
      'depcruise',
      '--config',
      '.dependency-cruiser.mjs',
      'bench',
      'bin',
      'core',
      'deploy',
      'drills',
      'lambdas',
      'lib',
      'local',
      'nodes',
      'test',
      'web/src',
    ],
  ]),
  toolStep('lint', [['biome', 'check', '--error-on-warnings', '--max-diagnostics=50']]),
];

const AT_ONCE = 2;

/** Runs every check step, two at a time; prints a line for each as it ends, and all that a failed one had to say. */
export async function runCheck(print: (text: string) => void): Promise<Outcome[]> {
  const waiting = [...STEPS];
  const outcomes: Outcome[] = [];
  const work = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const { output, ...outcome } = await step.run();
      outcomes.push(outcome);
      if (outcome.failed > 0) print(`${output.trimEnd()}\n`);
      print(`${outcome.failed > 0 ? '✗' : '✓'} ${step.name} (${renderSeconds(outcome.seconds)})`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}
