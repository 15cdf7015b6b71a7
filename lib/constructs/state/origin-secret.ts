import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import { PUNCTUATION } from './punctuation.ts';

/** As long as a SHA-256 digest is strong: 64 of 62 characters are more than 256 bits. */
const SECRET_LENGTH = 64;

/**
 * What CloudFront sends along to prove that a request came through it. It is the one secret that is in a
 * configuration in plain text, that of the distribution: CloudFront knows no reference. The template holds a dynamic
 * reference only.
 */
export class OriginSecret extends Construct {
  readonly secret: ISecret;

  constructor(scope: Construct, id: string, { removal }: Sizes) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'Ping Me: the header that CloudFront sends to the API.',
      generateSecretString: {
        passwordLength: SECRET_LENGTH,
        excludeCharacters: PUNCTUATION,
        includeSpace: false,
      },
      removalPolicy: removal,
    });
    acknowledge(this.secret, {
      'AwsSolutions-SMG4':
        'A new value takes effect only once CloudFront sends it, which is a deployment: docs/operations.md tells the steps, and functions accept the value before it meanwhile.',
    });
  }
}
