import { App } from 'aws-cdk-lib';
import { ConfigError } from '../lib/config/config-error.ts';
import { readConfig } from '../lib/config.ts';
import { PingMe } from '../lib/ping-me-app.ts';
import { addRuleChecks } from '../lib/rule-checks.ts';

const app = new App();
try {
  new PingMe(app, { config: readConfig(app.node.getAllContext()) });
  addRuleChecks(app);
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
