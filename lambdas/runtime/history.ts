import { CassandraHistory } from '../adapters/cassandra/cassandra-history.ts';
import { SharedHistory } from '../adapters/reading/shared-history.ts';
import type { History } from '../application/ports/history.ts';
import { cassandra } from './cassandra.ts';
import { once } from './once.ts';

export const history = once((): History => new SharedHistory(new CassandraHistory(cassandra())));
