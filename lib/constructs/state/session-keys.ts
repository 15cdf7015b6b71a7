import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import { PUNCTUATION } from './punctuation.ts';

/** 64 letters and digits are 48 bytes when they are read as base64url: HS256 wants 32. */
const KEY_LENGTH = 64;
/** The id of the key that a deployment begins with; rotation makes others. */
const FIRST_KEY = 'first';

/**
 * The key of the session tokens, as `{"kid": "<id>", "key": "<key>"}`. Its versions are the ring of keys: the current one
 * signs, the one before it is still accepted while tokens of it are about.
 */
export class SessionKeys extends Construct {
  readonly secret: ISecret;

  constructor(scope: Construct, id: string, { removal }: Sizes) {
    super(scope, id);
    this.secret = new Secret(this, 'Key', {
      description: 'Ping Me: the key of the session tokens.',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ kid: FIRST_KEY }),
        generateStringKey: 'key',
        passwordLength: KEY_LENGTH,
        excludeCharacters: PUNCTUATION,
        includeSpace: false,
      },
      removalPolicy: removal,
    });
    acknowledge(this.secret, {
      'AwsSolutions-SMG4':
        'Secrets Manager rotates it on the schedule of the stack that has the function for it, or a person does: docs/operations.md tells the steps.',
    });
  }
}
