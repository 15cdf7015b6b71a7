import { OperatorError } from '../local/processes/operator-error.ts';

/** LocalStack's own port; MiniStack's too. */
const DEFAULT_ENDPOINT = 'http://localhost:4566';
/** Emulators take any; cdklocal asks for some. */
const ACCOUNT = '000000000000';
const REGION = 'us-east-1';
const ANSWER_MILLISECONDS = 3_000;

/** What stands in for AWS: LocalStack, or another server that speaks its protocols at one address. */
export interface Emulator {
  /** "http://localhost:4566" */
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  /** For cdklocal and for the SDK. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The emulator at AWS_ENDPOINT_URL.
 *
 * @throws OperatorError if the setting is no address, or nobody answers there
 */
export async function findEmulator(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Emulator> {
  const endpoint = (environment.AWS_ENDPOINT_URL || DEFAULT_ENDPOINT).replace(/\/+$/, '');
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) {
    throw new OperatorError('The setting AWS_ENDPOINT_URL must be an address such as http://localhost:4566.');
  }
  const answer = await fetch(endpoint, { signal: AbortSignal.timeout(ANSWER_MILLISECONDS) }).catch(
    () => undefined,
  );
  if (answer === undefined) {
    throw new OperatorError(
      `Nobody answers at ${endpoint}: start LocalStack or MiniStack first (docs/deploy.md says how), ` +
        'or say with AWS_ENDPOINT_URL where it is.',
    );
  }
  await answer.body?.cancel();
  return { endpoint, account: ACCOUNT, region: REGION, environment: environmentOf(endpoint) };
}

function environmentOf(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    // cdklocal wants both, or uploads assets to AWS.
    AWS_ENDPOINT_URL_S3: endpoint,
    // Bucket names as host names lead nowhere on loopback.
    AWS_S3_FORCE_PATH_STYLE: '1',
    AWS_ENVAR_ALLOWLIST: 'AWS_S3_FORCE_PATH_STYLE',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    // The machine's own Node may be older than the SDK likes.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}
