import { beforeEach, describe, expect, it } from 'vitest';
import { RememberedSessionTokens } from '../../../lambdas/adapters/identity/remembered-session-tokens.ts';
import type { Session } from '../../../lambdas/application/ports/session-tokens.ts';

let now: number;
let asked: string[];
let answer: Session | 'expired' | 'invalid';
let tokens: RememberedSessionTokens;

const session = (expiresInMs: number): Session => ({
  userId: 'ada',
  sessionId: 's1',
  expiresAt: new Date(now + expiresInMs),
  refreshable: true,
});

beforeEach(() => {
  now = 1_000_000;
  asked = [];
  tokens = new RememberedSessionTokens(
    {
      issue: async () => {
        throw new Error('nobody asked for one');
      },
      verify: async (token) => {
        asked.push(token);
        return answer;
      },
    },
    () => now,
  );
});

describe('a token that was found good', () => {
  it('is not verified again for a minute, and then is', async () => {
    answer = session(900_000);
    expect(await tokens.verify('t1')).toEqual(answer);
    now += 59_999;
    expect(await tokens.verify('t1')).toMatchObject({ userId: 'ada' });
    expect(asked).toEqual(['t1']);
    now += 1;
    answer = 'invalid';
    expect(await tokens.verify('t1')).toBe('invalid');
    expect(asked).toEqual(['t1', 't1']);
  });

  it('expires when it expires', async () => {
    answer = session(10_000);
    await tokens.verify('t1');
    now += 10_000;
    expect(await tokens.verify('t1')).toBe('expired');
  });
});

it('one that is not good is asked about each time', async () => {
  answer = 'invalid';
  await tokens.verify('t1');
  await tokens.verify('t1');
  expect(asked).toEqual(['t1', 't1']);
});

it('remembers ten thousand, and forgets the oldest', async () => {
  answer = session(900_000);
  for (let token = 0; token <= 10_000; token += 1) await tokens.verify(`t${token}`);
  await tokens.verify('t1');
  expect(asked).toHaveLength(10_001);
  await tokens.verify('t0');
  expect(asked).toHaveLength(10_002);
});
