import { beforeEach, describe, expect, it } from 'vitest';
import type { ControlledPart } from '../../../../local/processes/node-control.ts';
import { PartRegistry } from '../../../../local/processes/part-registry.ts';

let done: string[];
let registry: PartRegistry;

function part(name: string, number?: number): ControlledPart {
  const label = [name, number].join(' ').trim();
  const note = (action: string) => async () => void done.push(`${action} ${label}`);
  return {
    part: name,
    ...(number === undefined ? {} : { number }),
    status: () => ({ state: 'running', pid: 1 }),
    stop: note('stop'),
    kill: note('kill'),
    start: note('start'),
  };
}

beforeEach(() => {
  done = [];
  registry = new PartRegistry();
  for (const number of [2, 1]) registry.register(part('kafka', number));
  registry.register(part('dynamodb'));
});

describe('the parts of a run', () => {
  it('are found by name and number', async () => {
    await registry.kill('kafka', 2);
    await registry.stop('dynamodb');
    expect(done).toEqual(['kill kafka 2', 'stop dynamodb']);
  });

  it('can be joined by others', async () => {
    registry.register(part('store'));
    await registry.start('store');
    expect(done).toEqual(['start store']);
    expect(() => registry.register(part('store'))).toThrow('registered already');
  });

  it('are listed in order', async () => {
    expect((await registry.status()).map((status) => [status.part, status.number])).toEqual([
      ['dynamodb', undefined],
      ['kafka', 1],
      ['kafka', 2],
    ]);
  });

  it.each([
    [() => registry.kill('redis'), 'There is no part "redis" here: the parts are kafka, dynamodb.'],
    [() => registry.kill('kafka'), 'Say which kafka is meant: 1, 2.'],
    [() => registry.kill('kafka', 3), 'There is no kafka 3 here: the numbers are 1, 2.'],
    [() => registry.kill('dynamodb', 1), 'There is only one dynamodb: name it without a number.'],
    [() => registry.pause('dynamodb'), 'dynamodb cannot be paused: use stop or kill.'],
  ])('are refused in one sentence when the address is wrong (%#)', async (act, sentence) => {
    await expect(act()).rejects.toThrow(sentence);
    expect(done).toEqual([]);
  });
});
