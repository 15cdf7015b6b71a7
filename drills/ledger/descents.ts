import type { MessageId } from '../../core/contract/ids.ts';

/** How many ids are not greater than the one before them. */
export function descentsOf(ids: readonly MessageId[]): number {
  return ids.filter((id, index) => index > 0 && id <= (ids[index - 1] ?? '')).length;
}
