import { describe, expect, it } from 'vitest';
import { type Synthesized, synthesize } from './support/synthesize.ts';

/** Names of the stacks whose templates differ. */
function changed(before: Synthesized, after: Synthesized): string[] {
  return Object.keys(before.templates).filter(
    (name) => JSON.stringify(before.templates[name]) !== JSON.stringify(after.templates[name]),
  );
}

describe('synthesizing', () => {
  it('twice gives equal templates, code and all', () => {
    expect(changed(synthesize({}, { bundle: true }), synthesize({}, { bundle: true, anew: true }))).toEqual(
      [],
    );
  });

  it('a page that has changed touches the web stack alone', () => {
    expect(
      changed(synthesize({}, { page: '<p>before</p>' }), synthesize({}, { page: '<p>after</p>' })),
    ).toEqual(['Web']);
  });
});

describe('stacks that hold data', () => {
  const HOLD_DATA = ['Network', 'Log', 'Database', 'State'];

  it('need nothing of those that hold none, which can be destroyed and made again', () => {
    const { templates } = synthesize();
    for (const name of HOLD_DATA) {
      const imports = [...JSON.stringify(templates[name]).matchAll(/"Fn::ImportValue":"PingMe-(\w+):/g)].map(
        ([, from]) => from,
      );
      for (const from of imports) expect(HOLD_DATA, `${name} imports from ${from}`).toContain(from);
    }
  });

  it.each([
    ['dev', false],
    ['prod', true],
  ])('are protected in prod: %s', (profile, isProtected) => {
    const { protectedStacks } = synthesize({ profile });
    expect(protectedStacks).toEqual(isProtected ? [...HOLD_DATA].sort() : []);
  });

  it('keep nothing in dev', () => {
    for (const [name, template] of Object.entries(synthesize().templates)) {
      for (const [id, { DeletionPolicy, Type }] of Object.entries(template.Resources ?? {})) {
        // Nothing of it is left: it only keeps its function from being run at the end.
        if (Type.startsWith('Custom::PingMe')) continue;
        // The account's, for all of its APIs.
        if (name === 'Api' && id.startsWith('Account')) continue;
        expect(DeletionPolicy ?? 'Delete', `${name}/${id}`).toBe('Delete');
      }
    }
  });
});
