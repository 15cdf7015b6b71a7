import * as z from 'zod/mini';

/** Length in Unicode code points, which is what a person counts and what every limit here means. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * Text that can be stored and given back unchanged: well-formed Unicode (a lone surrogate would turn into U+FFFD on its
 * way through UTF-8), not blank, at most `max` code points.
 */
export function textSchema(max: number) {
  return z.string().check(
    z.refine((text) => text.trim() !== '', 'must not be empty'),
    z.refine((text) => codePoints(text) <= max, `must have at most ${max} characters`),
    z.refine((text) => text.isWellFormed(), 'must be well-formed Unicode'),
  );
}

/** Like `textSchema`, on one line and without the space around it: names and topics. */
export function lineSchema(max: number) {
  return z.pipe(
    z.pipe(
      z.string(),
      z.transform((text: string) => text.trim()),
    ),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
    textSchema(max).check(z.regex(/^[^\u0000-\u001f\u007f]*$/, 'must be a single line')),
  );
}
