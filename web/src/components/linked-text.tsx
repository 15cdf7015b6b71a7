import { findLinks } from './links.ts';

/** Text as it was typed, with its web addresses clickable. Never anything but text: markup in it is shown, not run. */
export function LinkedText({ text }: { readonly text: string }) {
  return findLinks(text).map((piece, index) =>
    piece.href === undefined ? (
      piece.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a piece keeps nothing to itself that another could take over
      <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
        {piece.text}
      </a>
    ),
  );
}
