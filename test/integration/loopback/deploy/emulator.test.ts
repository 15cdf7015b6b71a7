import { expect, it } from 'vitest';
import { findEmulator } from '../../../../deploy/emulator.ts';
import { freePort } from '../../../support/free-port.ts';

it.each(['not an address', 'ftp://localhost:4566'])('%s is refused, naming the setting', async (endpoint) => {
  await expect(findEmulator({ AWS_ENDPOINT_URL: endpoint })).rejects.toThrow(
    'The setting AWS_ENDPOINT_URL must be an address such as http://localhost:4566.',
  );
});

it('where nobody answers it is said what to start', async () => {
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  await expect(findEmulator({ AWS_ENDPOINT_URL: endpoint })).rejects.toThrow(
    `Nobody answers at ${endpoint}: start LocalStack or MiniStack first`,
  );
});
