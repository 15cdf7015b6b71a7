import { describe, expect, it } from 'vitest';
import { SocketHandshakes } from '../../../../local/gateway/socket-handshakes.ts';

function makeHandshakes(atOnce: number) {
  let now = 0;
  const handshakes = new SocketHandshakes({ atOnce, patienceMilliseconds: 1_000, now: () => now });
  const turns: string[] = [];
  const come = (name: string) => void handshakes.turn().then((turn) => turns.push(`${name} ${turn}`));
  return {
    handshakes,
    turns,
    come,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    settle: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe('handshakes', () => {
  it('begin at once while few are under way, the others in turn', async () => {
    const { handshakes, turns, come, settle } = makeHandshakes(2);
    for (const name of ['a', 'b', 'c', 'd']) come(name);
    await settle();
    expect(turns).toEqual(['a go-on', 'b go-on']);
    handshakes.ended();
    await settle();
    expect(turns).toEqual(['a go-on', 'b go-on', 'c go-on']);
    handshakes.ended();
    handshakes.ended();
    handshakes.ended();
    come('e');
    come('f');
    come('g');
    await settle();
    expect(turns.slice(3)).toEqual(['d go-on', 'e go-on', 'f go-on']);
  });

  it('are turned away when their turn comes too late, and take no place', async () => {
    const { handshakes, turns, come, pass, settle } = makeHandshakes(1);
    come('first');
    come('early');
    come('early too');
    pass(600);
    come('late');
    pass(600);
    handshakes.ended();
    await settle();
    expect(turns).toEqual(['first go-on', 'early too-late', 'early too too-late', 'late go-on']);
    handshakes.ended();
    come('next');
    await settle();
    expect(turns.at(-1)).toBe('next go-on');
  });
});
