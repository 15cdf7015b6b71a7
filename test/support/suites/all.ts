import { findOrInstallBrowser } from '../../../local/browser/browser.ts';
import { SHARED_STORES_SETTING, startStoresForTests } from '../keepers/test-stores.ts';
import { runCheck } from './check-steps.ts';
import { isGreen, type Outcome, plainLine, renderTable } from './outcome.ts';
import { runVitestSuite } from './vitest-suite.ts';

/** What needs no stores: the templates, held against rules, properties and CloudFormation's own schemas. */
const INFRA = { name: 'infra', projects: ['infra', 'infra-lint'], timeLimitSeconds: 900 } as const;

/** What needs real stores, in the order in which it runs on them. */
const SUITES = [
  { name: 'integration', projects: ['loopback', 'integration'], timeLimitSeconds: 1_200 },
  { name: 'e2e', projects: ['e2e'], timeLimitSeconds: 1_200 },
  { name: 'e2e like Lambda', projects: ['e2e-like-lambda'], timeLimitSeconds: 1_200 },
  { name: 'deployed to an emulator', projects: ['deployed'], timeLimitSeconds: 1_200 },
] as const;

async function runOnStores(): Promise<Outcome[]> {
  const startedAt = performance.now();
  const stores = await startStoresForTests().catch((error: Error) => error);
  const seconds = (performance.now() - startedAt) / 1_000;
  if (stores instanceof Error) {
    console.error(stores.message);
    return SUITES.map(({ name }) => ({
      suite: name,
      passed: 0,
      failed: 1,
      seconds,
      remark: 'no stores to run on',
    }));
  }
  const outcomes: Outcome[] = [{ suite: 'start of the stores', passed: 1, failed: 0, seconds }];
  try {
    const environment = { [SHARED_STORES_SETTING]: JSON.stringify(stores.facts) };
    for (const suite of SUITES) {
      console.log(`\n${suite.name}`);
      outcomes.push(await runVitestSuite({ ...suite, environment, output: 'show' }));
    }
  } finally {
    await stores.stop();
  }
  return outcomes;
}

/** `npm test`: the check, then what needs real stores, then what needs a browser too. */
// Installing a browser is waiting for the network, which the check does not. Where it fails, the e2e suite says why.
const browser = findOrInstallBrowser().catch(() => undefined);
const outcomes = await runCheck(console.log);
await browser;
console.log(`\n${INFRA.name}`);
outcomes.push(await runVitestSuite({ ...INFRA, output: 'show' }));
outcomes.push(...(await runOnStores()));
console.log(`\n${renderTable(outcomes)}\n`);
console.log(plainLine(outcomes));
process.exitCode = isGreen(outcomes) ? 0 : 1;
