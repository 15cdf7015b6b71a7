import { describe, expect, it } from 'vitest';
import type { Cassandra, CqlValue, Row } from '../../../lambdas/adapters/cassandra/cassandra.ts';
import { CassandraClaims } from '../../../lambdas/adapters/cassandra/claims.ts';
import { StoreRefusalError, StoreUnavailableError } from '../../../lambdas/application/ports/store-errors.ts';

const OWN = { kind: 'email', name: 'ada@example.com', owner: 'ada', attemptId: 'attempt-1' } as const;
const rowOf = (attemptId: string) =>
  ({ owner: 'ada', attempt_id: attemptId, confirmed: false }) as unknown as Row;

type Outcome = { applied: boolean; row: Row | undefined } | Error;

/** A Cassandra whose transactions end as listed, the last one again and again. */
function claimsWith(dialect: Cassandra['dialect'], ...outcomes: Outcome[]) {
  const asked: { cql: string; values: readonly CqlValue[] }[] = [];
  const executeIf: Cassandra['executeIf'] = async (cql, values) => {
    asked.push({ cql, values });
    const outcome = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
    if (!outcome || outcome instanceof Error) throw outcome;
    return outcome;
  };
  return { claims: new CassandraClaims({ dialect, execute: async () => [], executeIf }), asked };
}

const timeout = () => new StoreUnavailableError('cassandra', 'timeout');

describe('a claim whose outcome is unknown', () => {
  it('is asked for again, and is held where its own attempt stands there', async () => {
    const { claims, asked } = claimsWith('cassandra', timeout(), { applied: false, row: rowOf('attempt-1') });
    expect(await claims.claim(OWN)).toBeUndefined();
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
  });

  it('is not held where another attempt was first', async () => {
    const { claims } = claimsWith('cassandra', timeout(), { applied: false, row: rowOf('attempt-2') });
    expect(await claims.claim(OWN)).toEqual({ owner: 'ada', attemptId: 'attempt-2', confirmed: false });
  });

  it('stays unknown in the end, which is no answer', async () => {
    const { claims, asked } = claimsWith('cassandra', timeout());
    await expect(claims.claim(OWN)).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(asked).toHaveLength(5);
  });

  it('a refusal is not asked again', async () => {
    const { claims, asked } = claimsWith('cassandra', new StoreRefusalError('cassandra', undefined));
    await expect(claims.claim(OWN)).rejects.toBeInstanceOf(StoreRefusalError);
    expect(asked).toHaveLength(1);
  });
});

describe('a confirmed claim', () => {
  it('never ends in Cassandra, and ends in twenty years in Keyspaces, which has no never', async () => {
    const applied = { applied: true, row: undefined };
    const ttlOf = async (dialect: Cassandra['dialect']) => {
      const { claims, asked } = claimsWith(dialect, applied);
      await claims.confirm(OWN);
      return asked[0]?.values[0];
    };
    expect(await ttlOf('cassandra')).toBe(0);
    expect(await ttlOf('keyspaces')).toBe(630_720_000);
  });
});
