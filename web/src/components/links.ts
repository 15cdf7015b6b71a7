/** A stretch of text, or of text that is an address. */
export type Piece = { readonly text: string; readonly href?: string };

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`]+/giu;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,:;!?…*_~'"’”]+$/u;

const BRACKETS = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
] as const;

/** The address without the punctuation and the unpaired brackets that only happen to touch it. */
function trimAddress(raw: string): string {
  let address = raw;
  for (;;) {
    const before = address;
    address = address.replace(TRAILING, '');
    for (const [open, close] of BRACKETS) {
      if (address.endsWith(close) && address.split(close).length > address.split(open).length) {
        address = address.slice(0, -1);
      }
    }
    if (address === before) return address;
  }
}

function hrefOf(address: string): string | undefined {
  const href = /^www\./i.test(address) ? `https://${address}` : address;
  if (!URL.canParse(href)) return undefined;
  const { hostname } = new URL(href);
  // People who run this on their own machine paste addresses of it.
  return hostname.includes('.') || hostname === 'localhost' ? href : undefined;
}

/** Cuts a text into plain stretches and web addresses. Joined again, the pieces' texts are the very same text. */
export function findLinks(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimAddress(match[0]);
    const href = hrefOf(address);
    if (href === undefined) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}
