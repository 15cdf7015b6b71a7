import { describe, expect, it } from 'vitest';
import { readFrame } from '../../../../web/src/lib/socket/read-frame.ts';
import { CONVERSATION, editAt, idAt, messageAt } from '../support/messages.ts';

const typesIn = (...events: unknown[]) =>
  readFrame(JSON.stringify({ events })).events.map(({ type }) => type);

describe('edits in a frame', () => {
  const edited = { type: 'message.edited', conversationId: CONVERSATION, ...editAt(5, messageAt(1)) };
  const named = {
    type: 'conversation.edited',
    conversationId: CONVERSATION,
    edits: [{ messageId: idAt(1), editId: idAt(5) }],
  };

  it('are read', () => {
    expect(readFrame(JSON.stringify({ events: [edited, named] })).events).toEqual([edited, named]);
  });

  it.each([
    { ...edited, content: undefined },
    { ...edited, edit: undefined },
    { ...edited, edit: null },
    { ...edited, edit: { editId: 7, editedAt: edited.edit.editedAt } },
    { ...named, edits: undefined },
    { ...named, edits: [{ messageId: idAt(1) }] },
    { ...named, edits: ['all'] },
  ])('that lack something are left out: %j', (event) => {
    expect(typesIn(event, named)).toEqual(['conversation.edited']);
  });
});
