import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledge.ts';

/** A secret of the user's, which is perhaps encrypted with a key of theirs: MSK wants that of passwords for SCRAM. */
export class ExistingSecret extends Construct {
  readonly #secret: ISecret;

  constructor(scope: Construct, id: string, arn: string) {
    super(scope, id);
    this.#secret = Secret.fromSecretCompleteArn(this, 'Secret', arn);
  }

  grantRead(target: LambdaFunction): void {
    this.#secret.grantRead(target);
    const { partition, region, account, urlSuffix } = Stack.of(this);
    const keys = `arn:${partition}:kms:${region}:${account}:key/*`;
    target.addToRolePolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [keys],
        conditions: {
          StringEquals: {
            'kms:ViaService': `secretsmanager.${region}.${urlSuffix}`,
            'kms:EncryptionContext:SecretARN': this.#secret.secretArn,
          },
        },
      }),
    );
    acknowledgeWildcards(
      target.role ?? target,
      [keys],
      'Which key the secret is encrypted with, the secret knows; the conditions let it be used for this one secret alone.',
    );
  }
}

/** Those of the named secrets that there are; the names become ids of constructs. */
export function existingSecrets(
  scope: Construct,
  arns: Readonly<Record<string, string | undefined>>,
): ExistingSecret[] {
  return Object.entries(arns).flatMap(([name, arn]) =>
    arn === undefined ? [] : [new ExistingSecret(scope, name, arn)],
  );
}
