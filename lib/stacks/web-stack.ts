import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { FrontDoor } from '../constructs/web/front-door.ts';
import { PageBucket } from '../constructs/web/page-bucket.ts';
import { PageUpload } from '../constructs/web/page-upload.ts';
import type { Sizes } from '../sizes.ts';
import type { ApiStack } from './api-stack.ts';

export interface WebStackProps extends StackProps {
  readonly config: Config;
  readonly sizes: Sizes;
  readonly api: ApiStack;
  readonly originSecret: ISecret;
  readonly pageDirectory: string;
  /** Of the edge stack, in us-east-1. */
  readonly webAclArn?: string;
}

/** The page and the one domain that everything is reached at. */
export class WebStack extends Stack {
  readonly frontDoor: FrontDoor;

  constructor(scope: Construct, id: string, props: WebStackProps) {
    super(scope, id, props);
    const { config, sizes, api } = props;
    const page = new PageBucket(this, 'Files', sizes, config.uploadPage === 'stack');
    this.frontDoor = new FrontDoor(this, 'FrontDoor', {
      config,
      page,
      httpApiDomain: Fn.select(2, Fn.split('/', api.http.api.apiEndpoint)),
      socketApiDomain: api.sockets.domainName,
      originSecret: props.originSecret,
      webAclArn: props.webAclArn,
    });
    if (config.uploadPage === 'stack') {
      new PageUpload(this, 'Upload', { bucket: page.bucket, pageDirectory: props.pageDirectory, sizes });
    }
    new CfnOutput(this, 'Url', { value: this.frontDoor.url, description: 'Where people chat' });
    new CfnOutput(this, 'PageBucket', { value: page.bucket.bucketName });
    new CfnOutput(this, 'DistributionId', { value: this.frontDoor.distribution.distributionId });
  }
}
