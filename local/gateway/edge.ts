import {
  FORWARDED_HOST_HEADER,
  ORIGIN_SECRET_HEADER,
  SECURITY_HEADERS,
} from '../../core/contract/security-headers.ts';
import { type HeaderList, headerOf, without } from './raw-headers.ts';

/** Where API Gateway sees CloudFront come from. */
export const EDGE_ADDRESS = '127.0.0.1';

const HOST_OF_ORIGIN = 'host';
const FORWARDED_FOR = 'x-forwarded-for';
/** Nobody but the edge and API Gateway says these. */
const SET_HERE = [
  HOST_OF_ORIGIN,
  ORIGIN_SECRET_HEADER,
  FORWARDED_HOST_HEADER,
  FORWARDED_FOR,
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-amzn-trace-id',
];

/**
 * What CloudFront makes of a viewer's headers before API Gateway gets them: the origin's own host, the secret that proves
 * the way, the host that the viewer asked for, and who the viewer is.
 *
 * @param viewerAddress where the viewer's connection came from
 */
export function toOriginHeaders(
  headers: HeaderList,
  origin: { readonly domainName: string; readonly secret: string; readonly viewerAddress: string },
): HeaderList {
  const host = headerOf(headers, 'host');
  return [
    ['Host', origin.domainName],
    ...without(headers, SET_HERE),
    [ORIGIN_SECRET_HEADER, origin.secret],
    ...(host === undefined ? [] : ([[FORWARDED_HOST_HEADER, host]] as const)),
    // API Gateway appends who called it, which is the edge.
    ['X-Forwarded-For', `${origin.viewerAddress}, ${EDGE_ADDRESS}`],
    ['X-Forwarded-Port', '443'],
    ['X-Forwarded-Proto', 'https'],
  ];
}

/** Sets the security headers on an answer's own; they win. */
export function withSecurityHeaders<Value>(
  headers: Readonly<Record<string, Value>>,
): Record<string, Value | string> {
  const own = Object.entries(headers).filter(([name]) => !(name.toLowerCase() in SECURITY_HEADERS));
  return { ...Object.fromEntries(own), ...SECURITY_HEADERS };
}
