import { fileURLToPath } from 'node:url';
import { SharedRuntime } from '../../local/functions/shared-runtime.ts';
import { Gateway } from '../../local/gateway/gateway.ts';
import type { EmptyGatewayOptions } from './empty-gateway.ts';

/** The gateway and the runtime as they are; every post goes to a handler that is empty. */
const { originSecret, pageDirectory } = JSON.parse(process.argv[2] ?? '{}') as EmptyGatewayOptions;
const runtime = new SharedRuntime({
  functions: {
    'post-message': {
      bundle: fileURLToPath(new URL('./empty-handler.ts', import.meta.url)),
      timeoutSeconds: 10,
      memoryMegabytes: 512,
    },
  },
  inThreads: {},
  instanceBundle: '',
  environment: {},
});
const gateway = new Gateway({ invoke: runtime.invoke, originSecret, pageDirectory, log: () => undefined });
const port = await gateway.open(0);
process.send?.(port);
process.on('disconnect', () => process.exit(0));
