import { describe, expect, it } from 'vitest';
import type { HttpEvent } from '../../../lambdas/middleware/http-event.ts';
import { networkOf, viewerAddressOf } from '../../../lambdas/middleware/viewer-address.ts';

const eventWith = (forwardedFor: string | undefined) =>
  ({
    headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor },
    requestContext: { http: { sourceIp: '10.0.0.9' } },
  }) as unknown as HttpEvent;

describe('the address of a viewer', () => {
  it('is what CloudFront saw, whatever the viewer claims', () => {
    expect(viewerAddressOf(eventWith('203.0.113.7, 10.0.0.9'))).toBe('203.0.113.7');
    expect(viewerAddressOf(eventWith('1.1.1.1, 203.0.113.7, 10.0.0.9'))).toBe('203.0.113.7');
    expect(viewerAddressOf(eventWith('2001:db8::1,10.0.0.9'))).toBe('2001:db8::1');
  });

  it('is the caller’s own where nobody stands between', () => {
    expect(viewerAddressOf(eventWith(undefined))).toBe('10.0.0.9');
    expect(viewerAddressOf(eventWith('10.0.0.9'))).toBe('10.0.0.9');
  });
});

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::', 'fe80:0:0:0::/64'],
  ])('%s is in %s', (address, network) => expect(networkOf(address)).toBe(network));
});
