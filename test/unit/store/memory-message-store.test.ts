import { describeMessageStore } from '../../support/ports/message-store-suite.ts';
import { MemoryMessageStore } from '../../support/doubles/memory-message-store.ts';

const store = new MemoryMessageStore();
describeMessageStore('in memory', () => store);
