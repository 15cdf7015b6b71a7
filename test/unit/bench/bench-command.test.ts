import { expect, it } from 'vitest';
import { parseBenchCommand } from '../../../bench/cli/bench-command.ts';

const KNOWN = ['acknowledged', 'store'];

it('runs all benchmarks or those that are named, or lists them', () => {
  expect(parseBenchCommand([], KNOWN)).toMatchObject({ names: [], list: false });
  expect(parseBenchCommand(['store', '--results', '/tmp/b'], KNOWN)).toEqual({
    names: ['store'],
    list: false,
    resultsDirectory: '/tmp/b',
  });
  expect(parseBenchCommand(['list'], KNOWN)).toMatchObject({ names: [], list: true });
});

it.each([
  [['stroe'], 'There is no benchmark "stroe": the benchmarks are acknowledged, store.'],
  [['--fast'], "Unknown option '--fast': the option is --results <folder>."],
])('%j is refused', (words, sentence) => {
  expect(() => parseBenchCommand(words, KNOWN)).toThrow(sentence);
});
