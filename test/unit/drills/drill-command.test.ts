import { expect, it } from 'vitest';
import { parseDrillCommand } from '../../../drills/cli/drill-command.ts';

const KNOWN = ['kafka-one-broker', 'rebuild'];

it('runs all drills, or those that are named', () => {
  expect(parseDrillCommand([], KNOWN)).toMatchObject({ action: 'run', names: [], full: false });
  expect(parseDrillCommand(['rebuild', '--full', '--results', '/tmp/r'], KNOWN)).toEqual({
    action: 'run',
    names: ['rebuild'],
    full: true,
    resultsDirectory: '/tmp/r',
  });
});

it('lists, and checks a file of observations', () => {
  expect(parseDrillCommand(['list'], KNOWN)).toEqual({ action: 'list' });
  expect(parseDrillCommand(['check', 'a.ndjson'], KNOWN)).toEqual({ action: 'check', file: 'a.ndjson' });
});

it.each([
  [['rebiuld'], 'There is no drill "rebiuld": the drills are kafka-one-broker, rebuild.'],
  [['--fast'], "Unknown option '--fast': the options are --full and --results <folder>"],
  [['check'], 'The action check takes one file'],
  [['list', 'all'], 'The action list takes no "all"'],
])('%j is refused', (words, sentence) => {
  expect(() => parseDrillCommand(words, KNOWN)).toThrow(sentence);
});
