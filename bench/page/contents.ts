import { CONTENT } from '../message-path/room.ts';

/** What people write: mostly a line or two, now and then a paragraph, an address, a list. */
const CONTENTS = [
  CONTENT,
  'Yes.',
  'The build is green again, see https://builds.example.com/runs/4711?branch=main for what it was.',
  CONTENT.repeat(4),
  '👍🏽 thanks',
  'Three things:\n1. the hall is booked\n2. the train leaves at 9:04\n3. Zoë brings the projector',
  CONTENT.slice(0, 83),
] as const;

/** The content of a message by its number, from 0; no two alike. */
export function contentOf(index: number): string {
  return `${index}: ${CONTENTS[index % CONTENTS.length]}`;
}
