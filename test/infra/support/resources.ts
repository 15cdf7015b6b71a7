import type { SynthesizedResource, SynthesizedTemplate } from './synthesize.ts';

/** The resources of a type with their logical ids. */
export function ofType(template: SynthesizedTemplate, type: string): [string, SynthesizedResource][] {
  return Object.entries(template.Resources ?? {}).filter(([, resource]) => resource.Type === type);
}

/** The first logical id that a value refers to, however deep it is. */
export function referredId(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = referredId(item);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if ('Ref' in value && typeof value.Ref === 'string') return value.Ref;
  if ('Fn::GetAtt' in value && Array.isArray(value['Fn::GetAtt'])) return String(value['Fn::GetAtt'][0]);
  return referredId(Object.values(value));
}

export interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

/** All statements of the policies of a role, by the role's logical id. */
export function statementsOfRole(template: SynthesizedTemplate, roleId: string): Statement[] {
  return [...ofType(template, 'AWS::IAM::Policy'), ...ofType(template, 'AWS::IAM::ManagedPolicy')]
    .filter(([, { Properties }]) =>
      listOf(Properties.Roles as unknown[]).some((role) => referredId(role) === roleId),
    )
    .flatMap(([, { Properties }]) => (Properties.PolicyDocument as { Statement: Statement[] }).Statement);
}

export function actionsOf(statements: readonly Statement[]): string[] {
  return [...new Set(statements.flatMap(({ Action }) => listOf(Action)))].sort() as string[];
}
