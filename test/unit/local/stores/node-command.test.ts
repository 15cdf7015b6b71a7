import { describe, expect, it } from 'vitest';
import { parseNodeCommand } from '../../../../local/cli/node-command.ts';
import { OperatorError } from '../../../../local/processes/operator-error.ts';

const parse = (line: string) => parseNodeCommand(line === '' ? [] : line.split(' '));

describe('npm run node --', () => {
  it.each([
    ['status', { action: 'status', small: false }],
    ['kill cassandra 2', { action: 'kill', part: 'cassandra', number: 2, small: false }],
    ['stop store', { action: 'stop', part: 'store', small: false }],
    ['start kafka all --small', { action: 'start', part: 'kafka', number: 'all', small: true }],
    [
      '--data-directory /tmp/x pause kafka 1',
      { action: 'pause', part: 'kafka', number: 1, small: false, dataDirectory: '/tmp/x' },
    ],
  ])('understands "%s"', (line, command) => {
    expect(parse(line)).toEqual(command);
  });

  it.each([
    ['', /action is missing: it is one of status, stop, kill, /],
    ['explode kafka 1', /no action "explode": it is one of /],
    ['kill', /part to kill is missing/],
    ['kill cassandra two', /number "two" is none: it is 1, 2, 3 or all/],
    ['kill cassandra 0', /number "0" is none/],
    ['kill cassandra 1 2', /argument "2" is one too many/],
    ['status kafka', /status takes no "kafka"/],
    ['status --large', /--large.*: the options are --small and --data-directory/],
  ])('refuses "%s" in one sentence', (line, sentence) => {
    expect(() => parse(line)).toThrow(OperatorError);
    expect(() => parse(line)).toThrow(sentence);
  });
});
