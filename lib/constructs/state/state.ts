import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { DYNAMODB_TABLES, type DynamoTableDeclaration } from '../../../core/contract/dynamodb-tables.ts';
import type { DynamoTable } from '../../../core/contract/functions.ts';
import type { Restore } from '../../config/restore-config.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import { OriginSecret } from './origin-secret.ts';
import { SessionKeys } from './session-keys.ts';

export interface StateProps {
  readonly sizes: Sizes;
  readonly restore: Restore;
  readonly rotateSecrets: boolean;
}

/** What the functions do with items, and no scan, no change of a table. */
const ITEM_ACTIONS = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DeleteItem',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
];

/** The DynamoDB tables, and the secrets that are made once and rotated from then on. */
export class State extends Construct {
  readonly tables: Readonly<Record<DynamoTable, ITable>>;
  readonly sessionKeys: ISecret;
  readonly originSecret: ISecret;

  constructor(scope: Construct, id: string, { sizes, restore, rotateSecrets }: StateProps) {
    super(scope, id);
    const names = Object.keys(DYNAMODB_TABLES) as DynamoTable[];
    this.tables = Object.fromEntries(
      names.map((name) => {
        const retained = restore.tables[name];
        return [
          name,
          retained === undefined ? this.#table(name, sizes) : Table.fromTableName(this, name, retained),
        ];
      }),
    ) as Record<DynamoTable, ITable>;
    this.sessionKeys = new SessionKeys(this, 'SessionKeys', { sizes, rotate: rotateSecrets }).secret;
    this.originSecret = new OriginSecret(this, 'OriginSecret', sizes).secret;
  }

  grantTable(name: DynamoTable, grantee: IGrantable): void {
    Grant.addToPrincipal({
      grantee,
      actions: ITEM_ACTIONS,
      resourceArns: [this.tables[name].tableArn],
    }).assertSuccess();
  }

  #table(name: DynamoTable, sizes: Sizes): Table {
    const declaration: DynamoTableDeclaration = DYNAMODB_TABLES[name];
    const table = new Table(this, name, {
      partitionKey: { name: declaration.partitionKey, type: AttributeType.STRING },
      ...(declaration.sortKey === undefined
        ? {}
        : { sortKey: { name: declaration.sortKey, type: AttributeType.STRING } }),
      ...(declaration.timeToLive === undefined ? {} : { timeToLiveAttribute: declaration.timeToLive }),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: declaration.pointInTimeRecovery },
      deletionProtection: sizes.protectData,
      // Not `sizes.removal`: a rollback would fail at a table that is protected against being deleted.
      removalPolicy: sizes.protectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (!declaration.pointInTimeRecovery) {
      acknowledge(table, {
        'AwsSolutions-DDB3':
          'Its items live for minutes, or are written again by whoever needs them; what an hour ago was in it is of no use.',
      });
    }
    return table;
  }
}
