/** How the files of the built page are served, by CloudFront in the cloud and by the gateway on one machine. */

/** Vite puts a hash of the contents into every name below it. */
export const HASHED_FILES_FOLDER = 'assets/';
export const HASHED_FILES_CACHE_CONTROL = 'public, max-age=31536000, immutable';
/** Asked for again every time; unchanged, it is a 304. */
export const OTHER_FILES_CACHE_CONTROL = 'no-cache';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  webp: 'image/webp',
  woff2: 'font/woff2',
};

/** @param name of a file of the page, from the page's root, without a leading slash: `assets/index-4f2a.js` */
export function cacheControlOf(name: string): string {
  return name.startsWith(HASHED_FILES_FOLDER) ? HASHED_FILES_CACHE_CONTROL : OTHER_FILES_CACHE_CONTROL;
}

export function contentTypeOf(name: string): string {
  return CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
