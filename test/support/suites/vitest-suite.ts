import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from './outcome.ts';
import { type CommandResult, runTool } from './run-command.ts';

/** What is read of vitest's JSON report. */
export interface VitestReport {
  readonly numTotalTests: number;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export interface VitestSuite {
  readonly name: string;
  readonly projects: readonly string[];
  readonly timeLimitSeconds: number;
  readonly output: 'show' | 'keep';
  /** Folder with the vitest configuration; the repository's root by default. */
  readonly root?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Counts a run so that only what was proven counts as passed: a skipped test, a file that broke before its tests, a run
 * that ended badly after its last test, no report and no tests each count as failed.
 */
export function countVitestRun(
  report: VitestReport | undefined,
  run: Pick<CommandResult, 'exitCode' | 'timedOut'>,
): Pick<Outcome, 'passed' | 'failed' | 'remark'> {
  if (run.timedOut) return { passed: report?.numPassedTests ?? 0, failed: 1, remark: 'did not end in time' };
  if (report === undefined) return { passed: 0, failed: 1, remark: 'crashed or found no tests' };
  const notRun = report.numTotalTests - report.numPassedTests - report.numFailedTests;
  const brokenFiles = report.testResults.filter(
    (file) => file.status !== 'passed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + notRun + brokenFiles;
  const counts = { passed: report.numPassedTests, failed };
  if (failed > 0) {
    const remarks = [
      notRun > 0 ? `${notRun} did not run` : '',
      brokenFiles > 0 ? `${brokenFiles} files broke outside of a test` : '',
    ].filter((remark) => remark !== '');
    return remarks.length > 0 ? { ...counts, remark: remarks.join(', ') } : counts;
  }
  if (report.numTotalTests === 0) return { ...counts, failed: 1, remark: 'ran no tests' };
  if (run.exitCode !== 0) return { ...counts, failed: 1, remark: `ended with exit code ${run.exitCode}` };
  return counts;
}

/** Runs the vitest projects of a suite and counts them. `output` is what was kept of the terminal's text. */
export async function runVitestSuite(suite: VitestSuite): Promise<Outcome & { output: string }> {
  const startedAt = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'ping-me-report-'));
  try {
    const reportFile = join(folder, 'report.json');
    const run = await runTool(
      'vitest',
      [
        'run',
        ...(suite.root === undefined ? [] : [`--root=${suite.root}`]),
        ...suite.projects.map((project) => `--project=${project}`),
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${reportFile}`,
      ],
      suite,
    );
    const counts = countVitestRun(await readReport(reportFile), run);
    return {
      suite: suite.name,
      ...counts,
      seconds: (performance.now() - startedAt) / 1_000,
      output: run.output,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readReport(file: string): Promise<VitestReport | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as VitestReport;
  } catch {
    // Not written, or cut off: vitest ended before it could report.
    return undefined;
  }
}
