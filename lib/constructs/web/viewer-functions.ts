import { FORWARDED_HOST_HEADER, PAGE_PATHS } from '../../../core/contract/security-headers.ts';

/** Paths of the page as regular expressions of CloudFront's JavaScript: `/channels/*` is that and everything below. */
const pagePatterns = PAGE_PATHS.map((path) => `^${path.replace(/[.\\/]/g, '\\$&').replace('*', '.+')}$`);

/**
 * Gives the page's own paths the page. Everything else is a file or a 404: a fallback for the whole distribution would
 * turn an API's 404 into a page.
 */
export const PAGE_FUNCTION = `var pages = [${pagePatterns.map((pattern) => `/${pattern}/`).join(', ')}];
function handler(event) {
  var request = event.request;
  for (var i = 0; i < pages.length; i++) {
    if (pages[i].test(request.uri)) {
      request.uri = '/index.html';
      break;
    }
  }
  return request;
}
`;

/** `Host` does not reach the origin; functions compare a browser's `Origin` with what it asked for. */
export const FORWARDED_HOST_FUNCTION = `function handler(event) {
  var request = event.request;
  request.headers['${FORWARDED_HOST_HEADER}'] = { value: request.headers.host.value };
  return request;
}
`;
