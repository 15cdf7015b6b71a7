import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';

/** Requests that one address may make in five minutes: an office behind one address with a hundred people chatting. */
const REQUESTS_IN_FIVE_MINUTES = 10_000;

/**
 * Rules of the common set that look at bodies. People write about `<script>` and paste long texts: content is escaped
 * where it is shown, not filtered here, so these only count. The API refuses bodies over 32 KB by itself.
 */
const BODY_RULES = [
  'SizeRestrictions_BODY',
  'CrossSiteScripting_BODY',
  'GenericLFI_BODY',
  'GenericRFI_BODY',
  'EC2MetaDataSSRF_BODY',
];

/** What AWS keeps up to date, and which of its rules only count. */
const MANAGED_GROUPS = [
  { name: 'AWSManagedRulesAmazonIpReputationList', counting: [] },
  { name: 'AWSManagedRulesCommonRuleSet', counting: BODY_RULES },
  {
    name: 'AWSManagedRulesKnownBadInputsRuleSet',
    counting: ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY', 'ReactJSRCE_BODY'],
  },
] as const;

/** The firewall before CloudFront: how much one address may ask for, and AWS's own lists of what is an attack. */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('PingMe'),
      rules: [
        {
          name: 'RequestsOfOneAddress',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: {
            rateBasedStatement: { limit: REQUESTS_IN_FIVE_MINUTES, aggregateKeyType: 'IP' },
          },
          visibilityConfig: visibility('RequestsOfOneAddress'),
        },
        ...MANAGED_GROUPS.map(({ name, counting }, index) => ({
          name,
          priority: index + 1,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name,
              ruleActionOverrides: counting.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
            },
          },
          visibilityConfig: visibility(name),
        })),
      ],
    });
    this.arn = acl.attrArn;
  }
}

function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  // Sampled requests would show what people write to whoever may look at the firewall.
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false, metricName };
}
