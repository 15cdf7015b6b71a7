import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  FORWARDED_HOST_HEADER,
  ORIGIN_SECRET_HEADER,
  PAGE_PATHS,
  SECURITY_HEADERS,
  SOCKET_PATH,
} from '../../core/contract/security-headers.ts';
import { FORWARDED_HOST_FUNCTION, PAGE_FUNCTION } from '../../lib/constructs/web/viewer-functions.ts';
import { ofType } from './support/resources.ts';
import { type Synthesized, type SynthesizedTemplate, synthesize } from './support/synthesize.ts';

interface EdgeRequest {
  uri: string;
  headers: Record<string, { value: string }>;
}

/** Runs a viewer-request function as CloudFront does. */
function run(code: string, request: EdgeRequest): EdgeRequest {
  return runInNewContext(`${code}; handler({ request })`, { request }) as EdgeRequest;
}

const uriOf = (uri: string) => run(PAGE_FUNCTION, { uri, headers: {} }).uri;

describe('the page’s paths', () => {
  it.each(PAGE_PATHS.map((path) => path.replace('*', 'some-id')))('%s is the page', (path) => {
    expect(uriOf(path)).toBe('/index.html');
  });

  it.each([
    '/assets/index-1a2b.js',
    '/favicon.svg',
    '/nothing',
    '/channels',
    '/login/more',
    '/loginx',
    '/api/me',
  ])('%s is a file or a 404', (path) => {
    expect(uriOf(path)).toBe(path);
  });
});

it('what the browser asked for goes on to the functions', () => {
  const request = {
    uri: '/api/me',
    headers: { host: { value: 'chat.example.com' }, 'x-ping-me-host': { value: 'evil' } },
  };
  expect(run(FORWARDED_HOST_FUNCTION, request).headers[FORWARDED_HOST_HEADER]).toEqual({
    value: 'chat.example.com',
  });
});

describe('CloudFront', () => {
  let synthesized: Synthesized;
  let web: SynthesizedTemplate;
  let distribution: Record<string, unknown>;
  beforeAll(() => {
    synthesized = synthesize({ region: 'eu-central-1', waf: 'true' });
    web = synthesized.templates.Web ?? {};
    distribution = ofType(web, 'AWS::CloudFront::Distribution')[0]?.[1].Properties
      .DistributionConfig as Record<string, unknown>;
  });

  it('has page, API and socket on one domain, and no answer of its own for an API’s 404', () => {
    const behaviours = distribution.CacheBehaviors as Record<string, unknown>[];
    expect(behaviours.map(({ PathPattern }) => PathPattern)).toEqual(['/assets/*', '/api/*', SOCKET_PATH]);
    expect(distribution).not.toHaveProperty('CustomErrorResponses');
    for (const behaviour of behaviours.slice(1)) {
      expect(behaviour).toMatchObject({
        // AWS's own: CachingDisabled, AllViewerExceptHostHeader.
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
        ViewerProtocolPolicy: 'https-only',
        AllowedMethods: expect.arrayContaining(['POST', 'PUT', 'PATCH', 'DELETE']),
      });
    }
  });

  it('proves to the API that a request came through it, by reference in the template', () => {
    const origins = distribution.Origins as {
      OriginCustomHeaders?: { HeaderName: string; HeaderValue: unknown }[];
    }[];
    const headers = origins.flatMap(({ OriginCustomHeaders }) => OriginCustomHeaders ?? []);
    expect(headers).toHaveLength(2);
    for (const { HeaderName, HeaderValue } of headers) {
      expect(HeaderName).toBe(ORIGIN_SECRET_HEADER);
      expect(JSON.stringify(HeaderValue)).toContain('{{resolve:secretsmanager:');
    }
  });

  it('sends the declared security headers', () => {
    const [[, policy] = []] = ofType(web, 'AWS::CloudFront::ResponseHeadersPolicy');
    const settings = (policy?.Properties.ResponseHeadersPolicyConfig ?? {}) as {
      SecurityHeadersConfig?: unknown;
      CustomHeadersConfig?: { Items: { Header: string; Value: string }[] };
    };
    expect(settings.SecurityHeadersConfig).toEqual({
      ContentSecurityPolicy: {
        ContentSecurityPolicy: SECURITY_HEADERS['content-security-policy'],
        Override: true,
      },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: SECURITY_HEADERS['x-frame-options'], Override: true },
      ReferrerPolicy: { ReferrerPolicy: SECURITY_HEADERS['referrer-policy'], Override: true },
      StrictTransportSecurity: {
        AccessControlMaxAgeSec: 63_072_000,
        IncludeSubdomains: true,
        Override: true,
      },
    });
    const others = Object.fromEntries(
      (settings.CustomHeadersConfig?.Items ?? []).map(({ Header, Value }) => [Header, Value]),
    );
    expect(others).toEqual({
      'permissions-policy': SECURITY_HEADERS['permissions-policy'],
      'cross-origin-opener-policy': SECURITY_HEADERS['cross-origin-opener-policy'],
    });
    expect(SECURITY_HEADERS['content-security-policy']).not.toContain('unsafe-inline');
  });

  it('alone reads the page’s bucket, which is closed to everybody', () => {
    for (const [id, { Properties }] of ofType(web, 'AWS::S3::Bucket')) {
      expect(Properties.PublicAccessBlockConfiguration, id).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
      expect(Properties, id).toHaveProperty('BucketEncryption');
    }
    expect(ofType(web, 'AWS::CloudFront::OriginAccessControl')).toHaveLength(1);
  });

  it('keeps hashed files for ever and nothing else, the page that names them last', () => {
    const uploads = ofType(web, 'Custom::CDKBucketDeployment');
    const headers = uploads.map(([, { Properties }]) => [
      [...((Properties.Include ?? []) as string[]), ...((Properties.Exclude ?? []) as string[])],
      (Properties.SystemMetadata as Record<string, string>)['cache-control'],
      Properties.Prune,
    ]);
    expect(headers).toEqual([
      [['assets/*', '*'], 'public, max-age=31536000, immutable', false],
      [['assets/*', 'index.html'], 'no-cache', false],
      [['index.html', '*'], 'no-cache', false],
    ]);
    expect(uploads[1]?.[1].DependsOn).toEqual(expect.arrayContaining([uploads[0]?.[0]]));
    expect(uploads[2]?.[1].DependsOn).toEqual(expect.arrayContaining([uploads[1]?.[0]]));
  });
});

describe('the firewall', () => {
  it('lets people write about <script>: rules that look at bodies only count', () => {
    const synthesized = synthesize({ region: 'eu-central-1' });
    const [[, acl] = []] = ofType(synthesized.templates.Edge ?? {}, 'AWS::WAFv2::WebACL');
    const rules = acl?.Properties.Rules as Record<string, never>[];
    expect(acl?.Properties.Scope).toBe('CLOUDFRONT');
    expect(JSON.stringify(rules)).toContain('RateBasedStatement');
    for (const rule of [
      'CrossSiteScripting_BODY',
      'SizeRestrictions_BODY',
      'GenericLFI_BODY',
      'GenericRFI_BODY',
    ]) {
      expect(JSON.stringify(rules)).toContain(JSON.stringify({ ActionToUse: { Count: {} }, Name: rule }));
    }
  });
});
