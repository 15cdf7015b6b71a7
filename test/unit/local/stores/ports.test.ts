import fc from 'fast-check';
import { expect, it } from 'vitest';
import { portsOf } from '../../../../local/stores/ports.ts';

it('a run uses each of its ports once, all within its block', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_240, max: 32_736 }), fc.constantFrom(1, 3), (base, nodeCount) => {
      const { sentinel, dynamodb, cassandra, kafka } = portsOf({ base, storage: base + 3 }, nodeCount);
      const all = [
        sentinel,
        dynamodb,
        cassandra.native,
        cassandra.storage,
        ...cassandra.jmx,
        ...kafka.flatMap(({ client, controller, proxied, proxy }) => [client, controller, proxied, proxy]),
      ];
      expect(new Set(all).size).toBe(all.length);
      expect(all).toHaveLength(4 + 5 * nodeCount);
      expect(Math.min(...all)).toBe(base);
      expect(Math.max(...all)).toBeLessThan(base + 32);
    }),
  );
});

it('the storage port stays where the nodes were born when the block moves', () => {
  expect(portsOf({ base: 20_000, storage: 11_111 }, 3).cassandra).toMatchObject({
    native: 20_002,
    storage: 11_111,
  });
});
