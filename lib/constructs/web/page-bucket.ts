import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Sizes } from '../../sizes.ts';
import { acknowledge } from '../acknowledge.ts';
import { acknowledgeProvider } from '../custom-resources.ts';

/** The page's files, which only CloudFront can read, and the access logs of both. */
export class PageBucket extends Construct {
  readonly bucket: Bucket;
  readonly logs: Bucket;

  /** @param emptied whether the stack empties the buckets before it deletes them; else whoever fills them does */
  constructor(scope: Construct, id: string, { accessLogDays }: Sizes, emptied: boolean) {
    super(scope, id);
    const closed = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Built from this repository, or old by itself: nothing here is anyone's data.
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: emptied,
    };
    this.logs = new Bucket(this, 'Logs', {
      ...closed,
      // CloudFront's standard logs are delivered with an ACL.
      objectOwnership: ObjectOwnership.OBJECT_WRITER,
      lifecycleRules: [{ expiration: Duration.days(accessLogDays) }],
    });
    this.bucket = new Bucket(this, 'Page', {
      ...closed,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      serverAccessLogsBucket: this.logs,
      serverAccessLogsPrefix: 'bucket/',
    });
    acknowledgeProvider(this);
    acknowledge(this.logs, {
      'AwsSolutions-S1': 'It is where access logs go; logging access to them would log itself.',
    });
  }
}
