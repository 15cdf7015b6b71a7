import { afterAll, afterEach, beforeAll } from 'vitest';

/** Testing Library cleans the document after each test by itself, but only where it finds these hooks. */
Object.assign(globalThis, { afterAll, afterEach, beforeAll });
