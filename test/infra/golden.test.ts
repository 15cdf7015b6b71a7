import { expect, it } from 'vitest';
import { readableTemplate } from './support/readable-template.ts';
import { synthesize } from './support/synthesize.ts';

/** A change of any template shows as a readable difference; `npx vitest run --project infra -u golden` accepts it. */
it.each(['dev', 'prod'])('the whole of %s', async (profile) => {
  const { templates } = synthesize({ profile, region: 'eu-central-1', alarmEmail: 'on-call@example.com' });
  const text = Object.keys(templates)
    .sort()
    .map((name) => `==== ${name}\n${readableTemplate(templates[name] ?? {})}`)
    .join('\n');
  await expect(text).toMatchFileSnapshot(`golden/${profile}.txt`);
});
