/** Response headers of the page, set by CloudFront in the cloud and by the gateway on one machine. */
export const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Avatars are the only thing from elsewhere: addresses that users chose.
    "img-src 'self' data: https:",
    "font-src 'self'",
    // 'self' covers the socket too; naming the distribution's domain would make a cycle between the stacks.
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cross-origin-opener-policy': 'same-origin',
} as const;

/** CloudFront adds it to every request; a function refuses one without it, so nobody gets past CloudFront. */
export const ORIGIN_SECRET_HEADER = 'x-ping-me-origin';

/**
 * The host that the browser asked for: CloudFront does not pass `Host` on, a viewer-request function copies it here. A name of
 * our own, as HTTP APIs may turn `X-Forwarded-*` into `Forwarded` (AWS: "Amazon API Gateway important notes").
 */
export const FORWARDED_HOST_HEADER = 'x-ping-me-host';

/** Both HttpOnly, Secure, SameSite=Strict. The refresh token travels to its own routes only. */
export const COOKIES = {
  session: { name: '__Host-ping-me-session', path: '/' },
  refresh: { name: '__Secure-ping-me-refresh', path: '/api/session' },
} as const;

/** Where the page and the socket are, on every origin. */
export const SOCKET_PATH = '/ws';
/** Paths of the page itself; anything else that is no file is a 404. */
export const PAGE_PATHS = [
  '/',
  '/login',
  '/sign-up',
  '/channels/*',
  '/messages/*',
  '/browse',
  '/profile',
] as const;
