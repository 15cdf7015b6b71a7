import type { HistoryResponse, Message } from '../../../../core/contract/messages.ts';

export interface PageQuery {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** History as the service answers it: the first copy of each key, in order, as far as it is stored. */
export function pageOf(log: readonly Message[], storedThrough: string, query: PageQuery): HistoryResponse {
  const stored = firstCopies(log).filter(({ messageId }) => messageId <= storedThrough);
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

/** What everybody must see in the end: of each (sender, nonce) the first in the log. */
export function firstCopies(log: readonly Message[]): readonly Message[] {
  const seen = new Set<string>();
  return log.filter(({ sender, nonce }) => {
    const isFirst = !seen.has(`${sender} ${nonce}`);
    seen.add(`${sender} ${nonce}`);
    return isFirst;
  });
}
