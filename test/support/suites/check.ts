import { runCheck } from './check-steps.ts';
import { isGreen, plainLine, renderTable } from './outcome.ts';

/** `npm run check`: types, lint, import rules, unused code and unit tests. */
const outcomes = await runCheck(console.log);
console.log(`\n${renderTable(outcomes)}\n`);
const red = outcomes.filter((outcome) => outcome.failed > 0).map((outcome) => outcome.suite);
if (red.length > 0) console.log(`Failed: ${red.join(', ')}.`);
console.log(plainLine(outcomes));
process.exitCode = isGreen(outcomes) ? 0 : 1;
