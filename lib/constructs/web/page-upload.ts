import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultStackSynthesizer, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import {
  HASHED_FILES_CACHE_CONTROL,
  HASHED_FILES_FOLDER,
  OTHER_FILES_CACHE_CONTROL,
} from '../../../core/contract/page-files.ts';
import { ConfigError } from '../../config/config-error.ts';
import type { Sizes } from '../../sizes.ts';
import { acknowledge, acknowledgeWildcards } from '../acknowledge.ts';
import { acknowledgeProvider } from '../custom-resources.ts';

/** Files whose names hold a hash of their content. */
const HASHED_FILES = `${HASHED_FILES_FOLDER}*`;
const ENTRY = 'index.html';

export interface PageUploadProps {
  readonly bucket: IBucket;
  readonly pageDirectory: string;
  readonly sizes: Sizes;
}

/**
 * Uploads the built page: hashed files first, the page that names them last. Old files stay, because a page that is open
 * in a browser may still ask for them.
 */
export class PageUpload extends Construct {
  constructor(scope: Construct, id: string, { bucket, pageDirectory, sizes }: PageUploadProps) {
    super(scope, id);
    if (!existsSync(join(pageDirectory, ENTRY)) || readdirSync(pageDirectory).length === 0) {
      throw new ConfigError(
        'uploadPage',
        `can not be stack: there is no built page in ${pageDirectory}; run npx vite build web first`,
      );
    }
    const logGroup = new LogGroup(this, 'Log', {
      retention: sizes.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const source = Source.asset(pageDirectory);
    const steps = [
      { name: 'Hashed', exclude: ['*'], include: [HASHED_FILES], cacheControl: HASHED_FILES_CACHE_CONTROL },
      {
        name: 'Others',
        exclude: [HASHED_FILES, ENTRY],
        include: [],
        cacheControl: OTHER_FILES_CACHE_CONTROL,
      },
      { name: 'Entry', exclude: ['*'], include: [ENTRY], cacheControl: OTHER_FILES_CACHE_CONTROL },
    ];
    let before: BucketDeployment | undefined;
    for (const { name, exclude, include, cacheControl } of steps) {
      const step: BucketDeployment = new BucketDeployment(this, name, {
        sources: [source],
        destinationBucket: bucket,
        exclude,
        include,
        // Two uploads with headers of their own would remove each other's files.
        prune: false,
        retainOnDelete: false,
        cacheControl: [CacheControl.fromString(cacheControl)],
        logGroup,
      });
      if (before !== undefined) step.node.addDependency(before);
      before = step;
      acknowledgeUpload(step, bucket);
    }
    acknowledgeProvider(this);
  }
}

/** The function that copies is the CDK's own, one for all steps; its rights are those of a copy between two buckets. */
function acknowledgeUpload({ handlerRole }: BucketDeployment, bucket: IBucket): void {
  const reason =
    'The CDK’s own function copies any file of the page’s asset into the page’s bucket: the objects of these two buckets, and the actions that a copy takes.';
  const { partition, account, region } = Stack.of(handlerRole);
  // The name that bootstrapping gives to the bucket of assets.
  const assets = `arn:${partition}:s3:::cdk-${DefaultStackSynthesizer.DEFAULT_QUALIFIER}-assets-${account}-${region}/*`;
  acknowledgeWildcards(handlerRole, [bucket.arnForObjects('*'), assets], reason);
  for (const action of ['GetBucket', 'GetObject', 'List', 'Abort', 'DeleteObject']) {
    acknowledge(handlerRole, { [`AwsSolutions-IAM5[Action::s3:${action}*]`]: reason });
  }
}
