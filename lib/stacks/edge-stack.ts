import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { acknowledgeProvider } from '../constructs/custom-resources.ts';
import { WebAcl } from '../constructs/edge/web-acl.ts';

/** What CloudFront takes from us-east-1 alone: the firewall. */
export class EdgeStack extends Stack {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.webAclArn = new WebAcl(this, 'Firewall').arn;
    acknowledgeProvider(this);
  }
}
