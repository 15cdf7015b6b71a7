import type { ConversationEdited, ConversationStored, Signal } from '../../../core/contract/events.ts';
import type { LogRecord } from '../../../lambdas/application/ports/log-record.ts';
import { ConversationMemories } from '../../../lambdas/application/store/conversation-memory.ts';
import type { StorePorts } from '../../../lambdas/application/store/store-batch.ts';
import { MemoryMessageStore } from '../../support/doubles/memory-message-store.ts';

/** What the store function works on, in memory, and what it said and set aside. */
export function portsOf(store = new MemoryMessageStore()) {
  const announced: ConversationStored[] = [];
  const announcedEdits: ConversationEdited[] = [];
  const dead: { record: LogRecord; reason: string }[] = [];
  const ports: StorePorts = {
    store,
    signalLog: {
      announce: async (signals: readonly Signal[]) => {
        for (const signal of signals) {
          if (signal.type === 'conversation.stored') announced.push(signal);
          if (signal.type === 'conversation.edited') announcedEdits.push(signal);
        }
      },
    },
    deadLetters: {
      setAside: async (record, reason) => {
        dead.push({ record, reason });
      },
    },
    progress: { note: async () => undefined, isStoreBehind: async () => false },
    memories: new ConversationMemories(),
    generation: 0,
  };
  return { ports, store, announced, announcedEdits, dead };
}
