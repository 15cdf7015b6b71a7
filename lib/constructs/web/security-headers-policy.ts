import { Duration } from 'aws-cdk-lib';
import {
  type HeadersFrameOption,
  type HeadersReferrerPolicy,
  ResponseHeadersPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { SECURITY_HEADERS } from '../../../core/contract/security-headers.ts';

/** The declared headers in CloudFront's terms; they win over what the origin says. */
export function securityHeadersPolicy(scope: Construct, id: string): ResponseHeadersPolicy {
  const {
    'content-security-policy': contentSecurityPolicy,
    'strict-transport-security': transport,
    'x-content-type-options': _noSniff,
    'x-frame-options': frameOption,
    'referrer-policy': referrerPolicy,
    ...others
  } = SECURITY_HEADERS;
  return new ResponseHeadersPolicy(scope, id, {
    comment: 'Ping Me: security headers',
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      strictTransportSecurity: { ...transportOf(transport), override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: frameOption as HeadersFrameOption, override: true },
      referrerPolicy: { referrerPolicy: referrerPolicy as HeadersReferrerPolicy, override: true },
    },
    customHeadersBehavior: {
      customHeaders: Object.entries(others).map(([header, value]) => ({ header, value, override: true })),
    },
  });
}

/** `max-age=63072000; includeSubDomains` */
function transportOf(header: string): { accessControlMaxAge: Duration; includeSubdomains: boolean } {
  const maxAge = /max-age=(\d+)/.exec(header)?.[1];
  return {
    accessControlMaxAge: Duration.seconds(Number(maxAge)),
    includeSubdomains: header.includes('includeSubDomains'),
  };
}
