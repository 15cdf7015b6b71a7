import { CassandraClaims } from '../adapters/cassandra/claims.ts';
import type { Claims } from '../application/ports/claims.ts';
import { cassandra } from './cassandra.ts';
import { once } from './once.ts';

export const claims = once((): Claims => new CassandraClaims(cassandra()));
