import type { DynamoTable } from './functions.ts';

export interface DynamoTableDeclaration {
  readonly partitionKey: string;
  /** All keys are strings. */
  readonly sortKey?: string;
  /** Attribute with the second (Unix time) at which DynamoDB may delete the item. */
  readonly timeToLive?: string;
  readonly pointInTimeRecovery: boolean;
}

export const DYNAMODB_TABLES: Readonly<Record<DynamoTable, DynamoTableDeclaration>> = {
  /** The identity cache: `user#<userId>` with profile and password hash, `email#<emailId>` pointing to a user. No TTL. */
  identities: { partitionKey: 'id', pointInTimeRecovery: true },
  /**
   * `family#<sessionId>`: a session, its current refresh token's hash and the one before; `user#<userId>` lists families.
   */
  sessions: { partitionKey: 'id', sortKey: 'item', timeToLive: 'expiresAt', pointInTimeRecovery: false },
  /** The complete, versioned copy of memberships; it answers while Cassandra is away. No TTL. */
  memberships: { partitionKey: 'userId', sortKey: 'conversationId', pointInTimeRecovery: true },
  /** `<audience>` × connection: who hears what. */
  liveAudiences: {
    partitionKey: 'audience',
    sortKey: 'member',
    timeToLive: 'expiresAt',
    pointInTimeRecovery: false,
  },
  rateLimits: { partitionKey: 'id', timeToLive: 'expiresAt', pointInTimeRecovery: false },
  /** The topic × `<partition> appended` | `<partition> stored`: how far deliver has seen and store has kept the log. */
  progress: { partitionKey: 'log', sortKey: 'mark', pointInTimeRecovery: false },
};

/** Name of the setting with a table's physical name: for example TABLE_LIVE_AUDIENCES. */
export function tableSetting(table: DynamoTable): string {
  return `TABLE_${table.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}
