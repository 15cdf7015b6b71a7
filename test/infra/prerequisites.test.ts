import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../lib/config.ts';
import { PingMe } from '../../lib/ping-me-app.ts';

let empty: string;
beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'ping-me-empty-'));
});
afterAll(() => rmSync(empty, { recursive: true, force: true }));

const build = (choices: Record<string, unknown>) => () =>
  new PingMe(new App({ context: { 'aws:cdk:bundling-stacks': [] }, outdir: join(empty, 'cdk.out') }), {
    config: readConfig(choices),
    pageDirectory: empty,
    jarsDirectory: empty,
  });

describe('what has to be made before, and is not there', () => {
  it('is named in one sentence that says how: Cassandra’s jars', () => {
    expect(build({})).toThrow(
      /^The context value database can not be cassandra: there are no jars in .*fetch-cassandra-jars\.ts first\.$/,
    );
  });

  it('is named in one sentence that says how: the page', () => {
    expect(build({ database: 'keyspaces' })).toThrow(
      /^The context value uploadPage can not be stack: there is no built page in .*vite build web first\.$/,
    );
  });

  it('is not asked for where nobody needs it', () => {
    expect(build({ database: 'keyspaces', uploadPage: 'cli' })).not.toThrow();
  });
});
