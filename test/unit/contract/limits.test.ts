import { describe, expect, it } from 'vitest';
import * as limits from '../../../core/contract/limits.ts';
import { COOKIES, SECURITY_HEADERS } from '../../../core/contract/security-headers.ts';

describe('the limits', () => {
  it('are those of the design', () => {
    expect(limits).toMatchObject({
      CONTENT_MAX_CODE_POINTS: 4_000,
      BODY_MAX_BYTES: 32 * 1024,
      FRAME_MAX_BYTES: 32 * 1024,
      NONCE_MIN_LENGTH: 8,
      NONCE_MAX_LENGTH: 64,
      PASSWORD_MIN_LENGTH: 8,
      PASSWORD_MAX_LENGTH: 256,
      NAME_MAX_LENGTH: 50,
      CHANNEL_TOPIC_MAX_LENGTH: 250,
      PAGE_DEFAULT: 50,
      PAGE_MAX: 100,
      SEARCH_RESULTS_MAX: 20,
      UNREAD_COUNT_MAX: 100,
      POST_DEADLINE_MS: 4_000,
      MEMBERSHIP_READ_TIMEOUT_MS: 50,
      MEMBERSHIP_REMEMBERED_MS: 5_000,
      SESSION_TOKEN_LIFETIME_SECONDS: 15 * 60,
      REFRESH_TOKEN_LIFETIME_SECONDS: 30 * 24 * 60 * 60,
      REFRESH_GRACE_SECONDS: 60,
      DELIVER_MAX_AGE_MS: 60_000,
      BUCKET_MAX_MESSAGES: 10_000,
      REMEMBERED_NONCES: 200,
    });
  });

  it('keep a socket alive: pings before 10 idle minutes, a new one before 2 hours', () => {
    expect(limits.SOCKET_PING_INTERVAL_MS).toBeLessThan(10 * 60_000);
    expect(limits.SOCKET_MAX_AGE_MS).toBeLessThan(2 * 60 * 60_000);
  });
});

describe('the security headers', () => {
  const policy = new Map(
    SECURITY_HEADERS['content-security-policy'].split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources] as const;
    }),
  );

  it('allow nothing by default, and no code or style but our own files', () => {
    expect(policy.get('default-src')).toEqual(["'none'"]);
    expect(policy.get('script-src')).toEqual(["'self'"]);
    expect(policy.get('style-src')).toEqual(["'self'"]);
    expect(policy.get('connect-src')).toEqual(["'self'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect([...policy.values()].flat()).not.toContain("'unsafe-inline'");
  });

  it('let pictures alone come from elsewhere', () => {
    const elsewhere = [...policy].filter(([, sources]) => sources.some((source) => /https:|\*/.test(source)));
    expect(elsewhere.map(([name]) => name)).toEqual(['img-src']);
  });
});

describe('the cookies', () => {
  it('carry the prefixes that make a browser insist on Secure', () => {
    // __Host- is only valid with the path /, so the refresh cookie, which travels less far, has the other prefix.
    expect(COOKIES.session.name).toMatch(/^__Host-/);
    expect(COOKIES.session.path).toBe('/');
    expect(COOKIES.refresh.name).toMatch(/^__Secure-/);
  });
});
