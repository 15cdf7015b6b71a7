import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSources, type SourceFile } from '../../support/sources.ts';

const sources = readSources('bin', 'lib', 'core', 'lambdas', 'nodes', 'local', 'web/src', 'drills', 'bench');
const tests = readSources('test');
/** This file has to spell out what it looks for. */
const everythingElse = [...sources, ...tests].filter(({ path }) => !path.endsWith('/sources.test.ts'));
const entryPoints = sources.filter(({ path }) =>
  /^lambdas\/(http|websocket|consumers|operations)\//.test(path),
);

/** `path:line: text` of every line that matches, so that a failure says where to look. */
function linesMatching(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
}

const isTest = ({ path }: SourceFile) => /\.test\.tsx?$/.test(path);
const lineCount = ({ text }: SourceFile) => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
const longerThan = (limit: number) => (file: SourceFile) => lineCount(file) > limit;
const described = (file: SourceFile) => `${file.path} (${lineCount(file)})`;

describe('every source file', () => {
  it('was found', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(tests.length).toBeGreaterThan(10);
  });

  it('holds one thing: 300 lines at most, and 400 where it lists cases', () => {
    const [cases, others] = [tests.filter(isTest), [...sources, ...tests].filter((file) => !isTest(file))];
    expect([...others.filter(longerThan(300)), ...cases.filter(longerThan(400))].map(described)).toEqual([]);
  });

  it('is named for what it holds', () => {
    const vague = /^(utils?|helpers?|misc|common|shared|index)\.tsx?$/;
    expect(
      [...sources, ...tests].filter(({ path }) => vague.test(basename(path))).map(({ path }) => path),
    ).toEqual([]);
  });

  it('is in kebab-case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(lambda|test|d))?\.tsx?$/;
    expect(
      [...sources, ...tests].filter(({ path }) => !kebab.test(basename(path))).map(({ path }) => path),
    ).toEqual([]);
  });

  it('exports only what it holds itself', () => {
    expect(linesMatching([...sources, ...tests], /^export\s+(type\s+)?(\*|\{[^}]*\})\s+from\s/)).toEqual([]);
  });

  it('silences no compiler', () => {
    expect(linesMatching(everythingElse, /@ts-(ignore|expect-error|nocheck)/)).toEqual([]);
  });

  it('leaves nothing for later', () => {
    expect(linesMatching(everythingElse, /\b(TODO|FIXME|XXX|HACK)\b|not implemented/)).toEqual([]);
  });
});

describe('the environment', () => {
  it('is read where it is parsed, and nowhere else', () => {
    // One file for the functions, one for each part of the one-machine run that has settings of its own.
    const parsers = /^lambdas\/runtime\/environment\.ts$|^local\/[a-z-]+\/([a-z]+-)?environment\.ts$/;
    const elsewhere = sources.filter(({ path }) => !parsers.test(path));
    // Handing the whole of it on to a parser or a child, or setting it for functions in this process, reads no setting.
    const handsOn = /\.\.\.process\.env\b|Object\.assign\(process\.env,|, process\.env\)/;
    const reads = linesMatching(
      elsewhere,
      /\bprocess\.env\b|import\.meta\.env\.(?!(DEV|PROD|MODE|BASE_URL)\b)/,
    );
    expect(reads.filter((line) => !handsOn.test(line))).toEqual([]);
  });
});

describe('the terminal', () => {
  it('belongs to the command lines: functions log, the page shows', () => {
    const silent = sources.filter(({ path }) => /^(core|lambdas|web)\//.test(path));
    expect(linesMatching(silent, /\bconsole\.|process\.(stdout|stderr)\b/)).toEqual([]);
  });
});

describe('an entry point', () => {
  it('is the only kind of file in its folder', () => {
    expect(entryPoints.filter(({ path }) => !path.endsWith('.lambda.ts')).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('is a page of wiring: 60 lines at most', () => {
    expect(entryPoints.filter(longerThan(60)).map(described)).toEqual([]);
  });
});

describe('every test', () => {
  const testFiles = tests.filter(isTest);

  it('runs: none is switched off or narrowed', () => {
    expect(linesMatching(testFiles, /\b(it|test|describe)\.(skip|only|todo|skipIf|runIf|fails)\b/)).toEqual(
      [],
    );
  });

  it('waits on a condition, not on the clock', () => {
    const sleep =
      /setTimeout\([^,]*, *[0-9][0-9_]{2,}|(?<![.\w])(sleep|pause|delay|wait)\([0-9][0-9_]{2,}|waitForTimeout\(/;
    expect(linesMatching(testFiles, sleep)).toEqual([]);
  });
});

describe('the repository', () => {
  it('names no package registry in its lock file', () => {
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved"|https?:\/\/[^"]*registry/);
  });

  it('pins its dependencies exactly', () => {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies?: Record<string, string>;
      devDependencies?: Record<string, string>;
    };
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d/.test(version),
    );
    expect(loose).toEqual([]);
  });
});
