import type { HttpEvent } from './http-event.ts';

/**
 * Where a request came from. API Gateway is called by CloudFront: who called CloudFront is what CloudFront appended to
 * `x-forwarded-for` before API Gateway appended CloudFront. What stands before these two is the caller's own invention.
 */
export function viewerAddressOf({ headers, requestContext }: HttpEvent): string {
  const addresses = (headers['x-forwarded-for'] ?? '').split(',').map((address) => address.trim());
  return addresses.at(-2) || requestContext.http.sourceIp;
}

/** A whole network of IPv6 addresses (/64) is one customer's: counting each by itself would count nobody. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const missing =
    tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter((group) => group !== '').length;
  const all = [...groups, ...new Array<string>(missing).fill('0'), ...(tail ?? '').split(':')];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
