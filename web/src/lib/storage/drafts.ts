import type { LocalValues } from './local-values.ts';

const prefixOf = (userId: string) => `ping-me.draft.${userId}.`;

/** What the user typed and did not send, by conversation id. */
export function loadDrafts(values: LocalValues, userId: string): Record<string, string> {
  const prefix = prefixOf(userId);
  const drafts: Record<string, string> = {};
  for (const key of values.keys()) {
    if (key.startsWith(prefix)) drafts[key.slice(prefix.length)] = values.get(key) ?? '';
  }
  return drafts;
}

/** One key a conversation, so that two tabs do not overwrite each other's drafts. */
export function saveDraft(
  values: LocalValues,
  userId: string,
  conversationId: string,
  content: string,
): void {
  const key = prefixOf(userId) + conversationId;
  if (content === '') values.remove(key);
  else values.set(key, content);
}

export function wipeDrafts(values: LocalValues, userId: string): void {
  for (const key of values.keys()) if (key.startsWith(prefixOf(userId))) values.remove(key);
}
