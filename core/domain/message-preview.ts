import { PREVIEW_MAX_CODE_POINTS } from '../contract/limits.ts';
import type { Message, MessagePreview } from '../contract/messages.ts';

/** A message as a row of the side bar has it: the first PREVIEW_MAX_CODE_POINTS of its content. */
export function previewOf(message: Message): MessagePreview {
  const codePoints = Array.from(message.content);
  if (codePoints.length <= PREVIEW_MAX_CODE_POINTS) return message;
  return { ...message, content: codePoints.slice(0, PREVIEW_MAX_CODE_POINTS).join(''), truncated: true };
}
