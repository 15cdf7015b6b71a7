import type { HistoryResponse, Message } from '../../../../core/contract/messages.ts';
import type { MessageEdit } from '../../../../core/domain/message-edit.ts';

export interface PageQuery {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** History as the service answers it: the first copy of each key, edited, in order, as far as it is stored. */
export function pageOf(
  log: readonly Message[],
  storedThrough: string,
  query: PageQuery,
  edits: readonly MessageEdit[] = [],
): HistoryResponse {
  const storedEdits = edits.filter(({ edit }) => edit.editId <= storedThrough);
  const stored = firstCopies(log, storedEdits).filter(({ messageId }) => messageId <= storedThrough);
  const between = stored.filter(
    ({ messageId }) =>
      (query.before === undefined || messageId < query.before) &&
      (query.after === undefined || messageId > query.after),
  );
  const messages = query.after === undefined ? between.slice(-query.limit) : between.slice(0, query.limit);
  const oldest = stored[0]?.messageId ?? '';
  const newest = stored.at(-1)?.messageId;
  const first = messages[0]?.messageId;
  const last = messages.at(-1)?.messageId;
  return {
    messages,
    ...(first !== undefined && first > oldest ? { before: first } : {}),
    ...(last !== undefined && newest !== undefined && last < newest ? { after: last } : {}),
    ...(newest === undefined ? {} : { storedThrough: newest }),
    catchingUp: false,
  };
}

/** What everybody must see in the end: of each (sender, nonce) the first in the log, as its sender last edited it. */
export function firstCopies(log: readonly Message[], edits: readonly MessageEdit[] = []): readonly Message[] {
  const seen = new Set<string>();
  return log
    .filter(({ sender, nonce }) => {
      const isFirst = !seen.has(`${sender} ${nonce}`);
      seen.add(`${sender} ${nonce}`);
      return isFirst;
    })
    .map((message) => {
      const [newest] = edits
        .filter(({ messageId, sender }) => messageId === message.messageId && sender === message.sender)
        .sort((a, b) => (a.edit.editId > b.edit.editId ? -1 : 1));
      return newest ? { ...message, content: newest.content, edit: newest.edit } : message;
    });
}
