import type { StoreNames } from '../../../deploy/emulator-choices.ts';
import type { StoreAddresses } from '../../../local/stores/stores.ts';

/** What is deployed to the emulator of this test run. */
export interface EmulatorFacts {
  /** The edge: "http://localhost:40123". */
  readonly origin: string;
  /** Of the emulator itself. */
  readonly endpoint: string;
  readonly stores: StoreAddresses;
  readonly names: StoreNames;
  /** Templates and outputs are here. */
  readonly workDirectory: string;
  readonly httpApiEndpoint: string;
}
