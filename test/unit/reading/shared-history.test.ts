import { describe, expect, it } from 'vitest';
import { SharedConversationHeads } from '../../../lambdas/adapters/reading/shared-conversation-heads.ts';
import { SharedHistory } from '../../../lambdas/adapters/reading/shared-history.ts';
import type { HistoryPage } from '../../../lambdas/application/ports/history.ts';

const [ROOM, OTHER] = ['a', 'b'].map((letter) => `channel:00000000-0000-4000-8000-00000000000${letter}`);
const [EARLY, LATE] = ['0', '1'].map((digit) => digit.repeat(26));

/** Counts what is read; each page says in `storedThrough` what was asked for. */
function countingHistory() {
  const asked: string[] = [];
  const answer = async (question: readonly unknown[]): Promise<HistoryPage> => {
    asked.push(JSON.stringify(question));
    return { messages: [], hasOlder: false, hasNewer: false, storedThrough: JSON.stringify(question) };
  };
  const history = new SharedHistory({
    newest: (id, { before, limit }) => answer([id, before, limit]),
    following: (id, { after, before, limit }) => answer([id, after, before, limit]),
  });
  return { history, asked };
}

describe('shared pages of history', () => {
  it('are those of the same question alone', async () => {
    const { history, asked } = countingHistory();
    const questions = [ROOM!, OTHER!].flatMap((id) =>
      [50, 100].flatMap((limit) => [
        () => history.newest(id, { before: undefined, limit }),
        () => history.newest(id, { before: EARLY, limit }),
        () => history.newest(id, { before: LATE, limit }),
        () => history.following(id, { after: EARLY!, before: undefined, limit }),
        () => history.following(id, { after: LATE!, before: undefined, limit }),
        () => history.following(id, { after: EARLY!, before: LATE, limit }),
      ]),
    );
    const alone: HistoryPage[] = [];
    for (const ask of questions) alone.push(await ask());
    expect(new Set(alone.map(({ storedThrough }) => storedThrough)).size).toBe(questions.length);
    asked.length = 0;
    const thrice = [...questions, ...questions, ...questions];
    const pages = await Promise.all(thrice.map((ask) => ask()));
    expect(pages).toEqual([...alone, ...alone, ...alone]);
    expect(asked.length).toBeLessThanOrEqual(2 * questions.length);
  });

  it('are read twice where a hundred ask at the same moment', async () => {
    const { history, asked } = countingHistory();
    const ask = () => history.newest(ROOM!, { before: undefined, limit: 50 });
    await Promise.all(Array.from({ length: 100 }, ask));
    expect(asked).toHaveLength(2);
  });
});

describe('shared heads', () => {
  it('are those of the same conversation alone', async () => {
    const asked: string[] = [];
    const heads = new SharedConversationHeads({
      headOf: async (conversationId) => {
        asked.push(conversationId);
        return undefined;
      },
    });
    await Promise.all([ROOM!, ROOM!, ROOM!, OTHER!].map((id) => heads.headOf(id)));
    expect(asked).toEqual([ROOM, OTHER, ROOM]);
  });
});
