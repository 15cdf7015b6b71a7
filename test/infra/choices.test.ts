import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { describe, expect, it } from 'vitest';
import { EMULATOR } from './support/choices.ts';
import { combinations } from './support/combinations.ts';
import { findingsOf, synthesize } from './support/synthesize.ts';

it('a finding is found', () => {
  const app = new App();
  new Bucket(new Stack(app, 'Open'), 'Bucket');
  expect(findingsOf(app)).toContain('AwsSolutions-S10 Open/Bucket/Resource');
});

describe('every choice', () => {
  const all = [...combinations(), { name: 'an emulator', choices: EMULATOR }];

  it.each(all)('synthesizes without a finding that nobody has acknowledged: $name', ({ choices }) => {
    const synthesized = synthesize(choices);
    expect(synthesized.findings()).toEqual([]);
    for (const [name, template] of Object.entries(synthesized.templates)) {
      expect(Object.keys(template.Resources ?? {}), `${name} can not be deployed empty`).not.toEqual([]);
    }
  });
});
