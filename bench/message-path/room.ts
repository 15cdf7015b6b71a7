import type { ConversationId } from '../../core/contract/ids.ts';
import { Person } from '../../drills/client/person.ts';

/** People who are all in the same channels. */
export interface Room {
  readonly people: readonly Person[];
  readonly conversations: readonly ConversationId[];
}

export async function openRoom(
  origin: string,
  counts: { people: number; conversations: number },
): Promise<Room> {
  const people: Person[] = [];
  while (people.length < counts.people) people.push(await Person.signUp(origin));
  const conversations: ConversationId[] = [];
  while (conversations.length < counts.conversations) {
    const [founder, ...others] = people;
    if (founder === undefined) throw new RangeError('A room needs people.');
    const conversationId = await founder.createChannel();
    for (const other of others) await other.join(conversationId);
    conversations.push(conversationId);
  }
  return { people, conversations };
}

/** What is posted: as long as people write. */
export const CONTENT =
  'Shall we meet at ten, or is a quarter past better for those who come by train today? '.repeat(2);
