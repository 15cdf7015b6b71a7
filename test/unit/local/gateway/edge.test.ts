import { describe, expect, it } from 'vitest';
import { SECURITY_HEADERS } from '../../../../core/contract/security-headers.ts';
import { toOriginHeaders, withSecurityHeaders } from '../../../../local/gateway/edge.ts';

const origin = { domainName: 'api.example.com', secret: 'the-secret', viewerAddress: '192.0.2.7' };

describe('toOriginHeaders', () => {
  it('says itself who asked and for which host, whatever the viewer claims', () => {
    const headers = toOriginHeaders(
      [
        ['Host', 'localhost:3000'],
        ['X-Ping-Me-Origin', 'forged'],
        ['X-Ping-Me-Host', 'evil.example'],
        ['x-forwarded-for', '10.0.0.1'],
        ['X-Forwarded-Proto', 'gopher'],
        ['Accept', '*/*'],
      ],
      origin,
    );
    expect(headers).toEqual([
      ['Host', 'api.example.com'],
      ['Accept', '*/*'],
      ['x-ping-me-origin', 'the-secret'],
      ['x-ping-me-host', 'localhost:3000'],
      ['X-Forwarded-For', '192.0.2.7, 127.0.0.1'],
      ['X-Forwarded-Port', '443'],
      ['X-Forwarded-Proto', 'https'],
    ]);
  });
});

describe('withSecurityHeaders', () => {
  it('overrides what a function says', () => {
    const headers = withSecurityHeaders({ 'X-Frame-Options': 'ALLOWALL', 'content-type': 'text/html' });
    expect(headers).toEqual({ 'content-type': 'text/html', ...SECURITY_HEADERS });
  });
});
