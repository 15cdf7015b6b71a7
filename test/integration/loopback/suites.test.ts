import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runVitestSuite } from '../../support/suites/vitest-suite.ts';

/** Each is a vitest project with one file, and what a run of it has to come to. */
const PROJECTS = {
  passing: { file: "it('a', () => {}); it('b', () => {});", passed: 2, failed: 0 },
  failing: { file: "it('a', () => {}); it('b', () => { throw new Error('no'); });", passed: 1, failed: 1 },
  skipping: { file: "it('a', () => {}); it['skip']('b', () => {});", passed: 1, failed: 1 },
  empty: { file: undefined, passed: 0, failed: 1 },
  'without tests': { file: 'export {};', passed: 0, failed: 1 },
  broken: { file: "throw new Error('no');", passed: 0, failed: 1 },
  'broken in its set-up': {
    file: "beforeAll(() => { throw new Error('no'); }); it('a', () => {});",
    passed: 0,
    failed: 2,
  },
  'failing after its tests': {
    file: "it('a', () => { setImmediate(() => { throw new Error('late'); }); });",
    passed: 1,
    failed: 1,
  },
  crashing: { file: "it('a', () => { process.kill(process.pid, 'SIGKILL'); });", passed: 0, failed: 1 },
  hanging: { file: "it('a', () => new Promise(() => {}), 600_000);", passed: 0, failed: 1 },
} as const;

let root: string;

beforeAll(() => {
  mkdirSync('node_modules/.cache', { recursive: true });
  // Below node_modules, so that the projects find vitest.
  root = mkdtempSync('node_modules/.cache/suites-');
  const projects = Object.keys(PROJECTS).map((name) => ({
    test: { name, include: [`${name}/*.test.js`], globals: true, pool: 'forks' },
  }));
  writeFileSync(join(root, 'vitest.config.js'), `export default ${JSON.stringify({ test: { projects } })};`);
  for (const [name, { file }] of Object.entries(PROJECTS)) {
    mkdirSync(join(root, name));
    if (file !== undefined) writeFileSync(join(root, name, 'a.test.js'), file);
  }
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the counter', () => {
  it.each(Object.entries(PROJECTS))('of a suite that is %s', async (name, { passed, failed }) => {
    const outcome = await runVitestSuite({
      name,
      projects: [name],
      root,
      output: 'keep',
      timeLimitSeconds: name === 'hanging' ? 6 : 25,
    });
    expect({ passed: outcome.passed, failed: outcome.failed }, outcome.output).toEqual({ passed, failed });
  });
});
