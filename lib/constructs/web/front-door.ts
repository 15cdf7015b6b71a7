import { Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AccessLevel,
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  type IOrigin,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { ORIGIN_SECRET_HEADER, SOCKET_PATH } from '../../../core/contract/security-headers.ts';
import type { Config } from '../../config.ts';
import { acknowledge } from '../acknowledge.ts';
import type { PageBucket } from './page-bucket.ts';
import { securityHeadersPolicy } from './security-headers-policy.ts';
import { FORWARDED_HOST_FUNCTION, PAGE_FUNCTION } from './viewer-functions.ts';

export interface FrontDoorProps {
  readonly config: Config;
  readonly page: PageBucket;
  /** Host names of the two APIs. */
  readonly httpApiDomain: string;
  readonly socketApiDomain: string;
  readonly originSecret: ISecret;
  readonly webAclArn: string | undefined;
}

/** The longest that a function of a route runs (API Gateway gives it 30 s). */
const ORIGIN_TIMEOUT = Duration.seconds(30);

/** CloudFront: page, API and socket on one domain. */
export class FrontDoor extends Construct {
  readonly distribution: Distribution;
  /** Where people chat. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: FrontDoorProps) {
    super(scope, id);
    const { config, page } = props;
    const securityHeaders = securityHeadersPolicy(this, 'SecurityHeaders');
    const pageOrigin = S3BucketOrigin.withOriginAccessControl(page.bucket, {
      // With the right to list, a missing file is a 404 and not a 403; nothing asks for the list itself.
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
    });
    const ofThePage: BehaviorOptions = {
      origin: pageOrigin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: securityHeaders,
      compress: true,
    };
    const forwardedHost = this.#edgeFunction('ForwardedHost', FORWARDED_HOST_FUNCTION);
    const ofAnApi = (origin: IOrigin): BehaviorOptions => ({
      origin,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      responseHeadersPolicy: securityHeaders,
      functionAssociations: [{ function: forwardedHost, eventType: FunctionEventType.VIEWER_REQUEST }],
    });
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Ping Me',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultRootObject: 'index.html',
      logBucket: page.logs,
      logFilePrefix: 'cloudfront/',
      defaultBehavior: {
        ...ofThePage,
        cachePolicy: this.#asTheOriginSays(),
        functionAssociations: [
          {
            function: this.#edgeFunction('Page', PAGE_FUNCTION),
            eventType: FunctionEventType.VIEWER_REQUEST,
          },
        ],
      },
      additionalBehaviors: {
        '/assets/*': { ...ofThePage, cachePolicy: CachePolicy.CACHING_OPTIMIZED },
        '/api/*': ofAnApi(this.#apiOrigin(props.httpApiDomain, props)),
        [SOCKET_PATH]: ofAnApi(this.#apiOrigin(props.socketApiDomain, props)),
      },
      ...(props.webAclArn === undefined ? {} : { webAclId: props.webAclArn }),
      ...(config.domain === undefined
        ? {}
        : {
            domainNames: [config.domain.name],
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            certificate: Certificate.fromCertificateArn(this, 'Certificate', config.domain.certificateArn),
          }),
    });
    this.url = `https://${config.domain?.name ?? this.distribution.distributionDomainName}`;
    this.#acknowledge(config);
  }

  #edgeFunction(id: string, code: string): EdgeFunction {
    return new EdgeFunction(this, id, {
      code: FunctionCode.fromInline(code),
      runtime: FunctionRuntime.JS_2_0,
    });
  }

  /** What a file's own header says: `no-cache` is asked for again each time. */
  #asTheOriginSays(): CachePolicy {
    return new CachePolicy(this, 'AsTheOriginSays', {
      comment: 'Ping Me: files whose names hold no hash',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(1),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }

  #apiOrigin(domainName: string, { originSecret, config }: FrontDoorProps): HttpOrigin {
    const secret = SecretValue.secretsManager(
      originSecret.secretArn,
      config.originSecretVersion === undefined ? {} : { versionId: config.originSecretVersion },
    );
    return new HttpOrigin(domainName, {
      // The one secret in a configuration in plain text: CloudFront knows no reference. The template has one.
      customHeaders: { [ORIGIN_SECRET_HEADER]: secret.unsafeUnwrap() },
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      readTimeout: ORIGIN_TIMEOUT,
    });
  }

  #acknowledge({ domain, waf }: Config): void {
    acknowledge(this.distribution, {
      'Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk':
        'The root is the page, and a query does not reach the bucket: nobody gets the list.',
      'AwsSolutions-CFR1': 'A messenger has no reason to refuse countries; who deploys it may add one.',
      ...(domain === undefined
        ? {
            'AwsSolutions-CFR4':
              'CloudFront’s own domain name comes with CloudFront’s own certificate, whose TLS policy can not be chosen; with a domain of one’s own TLS 1.2 is the least.',
          }
        : {}),
      ...(waf
        ? {}
        : {
            'AwsSolutions-CFR2': `The context value waf is false for ${Stack.of(this).stackName}: chosen by who deploys.`,
          }),
    });
  }
}
