import { Gateway } from '../../local/gateway/gateway.ts';
import type { EmptyGatewayOptions } from './empty-gateway.ts';

/** The gateway alone: every request is carried to a function that does nothing and answers 202. */
const { originSecret, pageDirectory } = JSON.parse(process.argv[2] ?? '{}') as EmptyGatewayOptions;
const gateway = new Gateway({
  invoke: async () => ({ kind: 'returned', value: { statusCode: 202, body: '{}' } }),
  originSecret,
  pageDirectory,
  log: () => undefined,
});
const port = await gateway.open(0);
process.send?.(port);
process.on('disconnect', () => process.exit(0));
