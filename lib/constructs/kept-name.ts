import { Fn, Names, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * A name in lower case that no earlier and no later deployment has, for resources that have to be named and that prod keeps: what was kept
 * would stand in the way of the next one. It ends in the first part of the stack's id, which CloudFormation makes anew for each
 * stack and never changes.
 *
 * @param maxLength of the whole, 20 at least
 */
export function keptName(
  construct: Construct,
  { maxLength, separator }: { readonly maxLength: number; readonly separator: '-' | '_' },
): string {
  // arn:…:stack/<name>/<uuid>
  const uuid = Fn.select(2, Fn.split('/', Stack.of(construct).stackId));
  const ending = Fn.select(0, Fn.split('-', uuid));
  const begin = Names.uniqueResourceName(construct, { maxLength: maxLength - 9, separator });
  return `${begin.toLowerCase()}${separator}${ending}`;
}
