import { Duration } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CLOUD_FUNCTIONS } from '../../../core/contract/functions.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import { PingMeFunction } from '../functions/ping-me-function.ts';
import { PUNCTUATION } from './punctuation.ts';

/** 64 letters and digits are 48 bytes when they are read as base64url: HS256 wants 32. */
const KEY_LENGTH = 64;
/** The id of the key that a deployment begins with; rotation makes others. */
const FIRST_KEY = 'first';
const ROTATED_EVERY = Duration.days(30);

/**
 * The key of the session tokens, as `{"kid": "<id>", "key": "<key>"}`. Its versions are the ring of keys: the current one
 * signs, the one before it is still accepted while tokens of it are about.
 */
export class SessionKeys extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { sizes, rotate }: { sizes: Sizes; rotate: boolean }) {
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
      removalPolicy: sizes.removal,
    });
    if (rotate) this.#rotate(sizes);
    else {
      acknowledge(this.secret, {
        'AwsSolutions-SMG4': 'The context value rotateSecrets is false: chosen by who deploys.',
      });
    }
  }

  #rotate({ logRetention }: Sizes): void {
    const name = 'rotate-session-key';
    const rotation = new PingMeFunction(this, name, {
      name,
      declaration: CLOUD_FUNCTIONS[name],
      settings: {},
      logRetention,
      network: undefined,
      reservedConcurrency: undefined,
    });
    acknowledge(rotation, {
      'Serverless-LambdaDLQ': 'Secrets Manager hears of its failure and tries again.',
    });
    this.secret.addRotationSchedule('Rotation', {
      rotationLambda: rotation,
      automaticallyAfter: ROTATED_EVERY,
      // The first key is as new as the deployment.
      rotateImmediatelyOnUpdate: false,
    });
  }
}
