import { beforeEach, describe, expect, it } from 'vitest';
import { Ledger } from '../../../drills/ledger/ledger.ts';
import type { Violations } from '../../../drills/ledger/ledger-report.ts';
import type { Observation, SeenMessage } from '../../../drills/ledger/observation.ts';
import type { Unstamped } from '../../../drills/ledger/recorder.ts';

const conversationId = 'channel:00000000-0000-4000-8000-000000000001';
const id = (offset: number) => String(offset).padStart(26, '0');
const key = (nonce: string) => ({ conversationId, sender: 'ada', nonce });
const message = (nonce: string, offset: number, digest = `digest of ${nonce}`): SeenMessage => ({
  ...key(nonce),
  messageId: id(offset),
  digest,
});

let ledger: Ledger;
let at: number;
beforeEach(() => {
  ledger = new Ledger();
  at = 0;
});

function observe(...observations: Unstamped[]): void {
  for (const observation of observations) {
    at += 10;
    ledger.observe({ at, ...observation } as Observation);
  }
}

const sent = (nonce: string): Unstamped => ({ kind: 'sent', ...key(nonce), digest: `digest of ${nonce}` });
const acknowledged = (nonce: string, offset: number): Unstamped => ({
  kind: 'acknowledged',
  ...key(nonce),
  messageId: id(offset),
});
const heard = (listener: string, seen: SeenMessage): Unstamped => ({
  kind: 'heard',
  listener,
  message: seen,
});
const listens = (listener: string): Unstamped => ({ kind: 'listens', listener, conversationId });
const history = (...messages: SeenMessage[]): Unstamped => ({ kind: 'history', conversationId, messages });
const read = (listener: string, ...messages: SeenMessage[]): Unstamped => ({
  kind: 'read',
  listener,
  conversationId,
  messages,
});

const NONE: Violations = {
  lost: 0,
  missing: 0,
  doubled: 0,
  misnumbered: 0,
  outOfOrder: 0,
  againstTime: 0,
  outdated: 0,
  altered: 0,
  foreign: 0,
  afterLeaving: 0,
};

/** Two messages, sent one after the other, that one screen heard and history has. */
function goodRun(): void {
  observe(listens('bob'), { kind: 'connected', listener: 'bob' });
  observe(sent('n1'), acknowledged('n1', 1), sent('n2'), acknowledged('n2', 2));
  observe(heard('bob', message('n1', 1)), heard('bob', message('n2', 2)));
  observe(history(message('n1', 1), message('n2', 2)));
}

it('finds nothing in a run that kept every promise', () => {
  goodRun();
  expect(ledger.report()).toMatchObject({
    sent: 2,
    acknowledged: 2,
    stored: 2,
    deliveredToAll: 2,
    heardByAll: 2,
    violations: NONE,
  });
});

describe('what it finds', () => {
  const cases: readonly (readonly [keyof Violations, string, () => void])[] = [
    ['lost', 'acknowledged, and not in history', () => observe(history(message('n1', 1)))],
    [
      'doubled',
      'twice in history',
      () => observe(history(message('n1', 1), message('n2', 2), message('n2', 3))),
    ],
    ['doubled', 'twice on one page', () => observe(read('bob', message('n1', 1), message('n1', 2)))],
    [
      'misnumbered',
      'stored behind its acknowledged id',
      () => observe(history(message('n1', 1), message('n2', 3))),
    ],
    ['outOfOrder', 'history that descends', () => observe(history(message('n2', 2), message('n1', 1)))],
    ['outOfOrder', 'a page that descends', () => observe(read('bob', message('n2', 2), message('n1', 1)))],
    [
      'againstTime',
      'sent after an acknowledgement, and stored before it',
      () => observe(history(message('n2', 1), message('n1', 2))),
    ],
    ['altered', 'another content', () => observe(heard('bob', message('n1', 1, 'another')))],
    ['foreign', 'never sent', () => observe(heard('bob', message('n9', 9)))],
    [
      'missing',
      'stored, and on one screen of two',
      () => observe(listens('eve'), heard('eve', message('n1', 1))),
    ],
    [
      'afterLeaving',
      'heard after leaving',
      () => observe({ kind: 'left', listener: 'bob', conversationId }, heard('bob', message('n2', 2))),
    ],
  ];

  it.each(cases)('%s: %s', (violation, _what, observeIt) => {
    goodRun();
    observeIt();
    expect(ledger.report().violations[violation]).toBe(1);
  });

  it('a connection that hears a later message first', () => {
    observe(listens('bob'), { kind: 'connected', listener: 'bob' });
    observe(heard('bob', message('n2', 2)), heard('bob', message('n1', 1)));
    expect(ledger.report().violations.outOfOrder).toBe(1);
  });
});

describe('edits', () => {
  const edit = (nonce: string, offset: number, editOffset: number, digest = `edit ${editOffset}`) => ({
    ...message(nonce, offset, digest),
    editId: id(editOffset),
  });
  const edited = (offset: number, editOffset: number): Unstamped => ({
    kind: 'edited',
    conversationId,
    messageId: id(offset),
    sender: 'ada',
    editId: id(editOffset),
    digest: `edit ${editOffset}`,
  });
  const changed = (listener: string, seen: SeenMessage): Unstamped => ({
    kind: 'changed',
    listener,
    message: seen,
  });

  it('finds nothing where history and every screen have the newest version, whoever was first to say so', () => {
    goodRun();
    observe(changed('bob', edit('n1', 1, 7)), edited(1, 7), edited(1, 9));
    observe(read('bob', edit('n1', 1, 9)), changed('bob', edit('n1', 1, 7)));
    observe(history(edit('n1', 1, 9), message('n2', 2)));
    expect(ledger.report().violations).toEqual(NONE);
  });

  it.each([
    ['an older version in history', () => observe(history(edit('n1', 1, 7), message('n2', 2)))],
    ['one in history as it was sent', () => observe(history(message('n1', 1), message('n2', 2)))],
    [
      'an older version on a screen',
      () => observe(listens('eve'), read('eve', edit('n1', 1, 7), message('n2', 2))),
    ],
  ])('outdated: %s', (_what, observeIt) => {
    goodRun();
    observe(edited(1, 7), edited(1, 9), changed('bob', edit('n1', 1, 9)));
    observe(history(edit('n1', 1, 9), message('n2', 2)));
    expect(ledger.report().violations).toEqual(NONE);
    observeIt();
    expect(ledger.report().violations).toEqual({ ...NONE, outdated: 1 });
  });

  it.each([
    ['an edit that nobody made', edit('n1', 1, 8)],
    ['another content than the edit has', edit('n1', 1, 7, 'another')],
    ['the edit of another message', edit('n2', 2, 7)],
  ])('altered: %s', (_what, seen) => {
    goodRun();
    observe(edited(1, 7), changed('bob', edit('n1', 1, 7)), history(edit('n1', 1, 7), message('n2', 2)));
    observe(changed('bob', seen));
    expect(ledger.report().violations.altered).toBe(1);
  });
});

describe('what it lets pass', () => {
  it('an earlier message after the connection came back, and a copy under a greater id', () => {
    goodRun();
    observe({ kind: 'disconnected', listener: 'bob' }, { kind: 'connected', listener: 'bob' });
    observe(heard('bob', message('n1', 1)), heard('bob', message('n1', 3)));
    expect(ledger.report().violations).toEqual(NONE);
  });

  it('a smaller id than was acknowledged: an earlier copy had reached the log', () => {
    observe(sent('n1'), acknowledged('n1', 5), history(message('n1', 4)));
    expect(ledger.report().violations).toEqual(NONE);
  });

  it('somebody who left does not lack what came later', () => {
    observe(listens('eve'), { kind: 'left', listener: 'eve', conversationId });
    goodRun();
    expect(ledger.report().violations).toEqual(NONE);
  });

  it('what was sent and never acknowledged may be in history, or not', () => {
    observe(sent('n1'), sent('n2'), history(message('n1', 1)));
    expect(ledger.report()).toMatchObject({ sent: 2, acknowledged: 0, stored: 1, violations: NONE });
  });
});

describe('times', () => {
  it('silence counts only while something waits, and a wait lasts from the first try to the acknowledgement', () => {
    observe(sent('n1'), acknowledged('n1', 1));
    at += 5_000;
    observe(sent('n2'));
    at += 300;
    observe({ kind: 'refused', ...key('n2'), status: 503, tookMs: 250 });
    at += 100;
    observe(acknowledged('n2', 2));
    expect(ledger.report()).toMatchObject({
      longestSilenceMs: 420,
      longestWaitMs: 420,
      longestRefusalMs: 250,
      refused: 1,
      refusedBy: { 503: 1 },
    });
  });

  it('recovered when all that was sent before is acknowledged, said to be stored, and on every screen', () => {
    observe(listens('bob'), sent('n1'), { kind: 'healed', text: 'whole again' });
    const healedAt = at;
    observe(acknowledged('n1', 1), heard('bob', message('n1', 1)));
    at += 1_000;
    observe({ kind: 'stored', conversationId, through: id(1), count: 1 });
    expect(ledger.report().recoveredAfterMs).toBe(at - healedAt);
  });
});
