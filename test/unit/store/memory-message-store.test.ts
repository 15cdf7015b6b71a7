import { MemoryMessageStore } from '../../support/doubles/memory-message-store.ts';
import { describeMessageStore } from '../../support/ports/message-store-suite.ts';

const store = new MemoryMessageStore();
describeMessageStore('in memory', () => store);
