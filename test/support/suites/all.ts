import { findOrInstallBrowser } from '../browser.ts';
import { runCheck } from './check-steps.ts';
import { isGreen, type Outcome, plainLine, renderTable } from './outcome.ts';
import { runVitestSuite } from './vitest-suite.ts';

/** `npm test`: the check, then what needs real stores, then what needs a browser too. */
// Installing a browser is waiting for the network, which the check does not. Where it fails, the e2e suite says why.
const browser = findOrInstallBrowser().catch(() => undefined);
const outcomes: Outcome[] = await runCheck(console.log);
await browser;
for (const suite of [
  { name: 'integration', projects: ['loopback', 'integration'], timeLimitSeconds: 1_800 },
  { name: 'e2e', projects: ['e2e'], timeLimitSeconds: 1_200 },
]) {
  console.log(`\n${suite.name}`);
  outcomes.push(await runVitestSuite({ ...suite, output: 'show' }));
}
console.log(`\n${renderTable(outcomes)}\n`);
console.log(plainLine(outcomes));
process.exitCode = isGreen(outcomes) ? 0 : 1;
