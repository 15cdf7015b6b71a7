import { Stack, Validations } from 'aws-cdk-lib';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges findings of the rule packs on one construct and what is below it, each with the reason that it stands.
 *
 * @param findings reasons by rule, or by `Rule[finding]` where a rule reports several
 */
export function acknowledge(construct: IConstruct, findings: Readonly<Record<string, string>>): void {
  for (const [id, reason] of Object.entries(findings)) Validations.of(construct).acknowledge({ id, reason });
}

/**
 * Acknowledges wildcards in the resources of a policy: exactly these ARNs, which may hold tokens, and no others.
 *
 * @param arns each with a `*` in it
 */
export function acknowledgeWildcards(construct: IConstruct, arns: readonly string[], reason: string): void {
  for (const arn of arns) {
    const flat = flattenCfnReference(Stack.of(construct).resolve(arn));
    acknowledge(construct, { [`AwsSolutions-IAM5[Resource::${flat}]`]: reason });
  }
}
