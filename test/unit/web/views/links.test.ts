import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLinks } from '../../../../web/src/components/links.ts';

const hrefs = (text: string) => findLinks(text).flatMap(({ href }) => href ?? []);

describe('web addresses in a text', () => {
  it.each([
    ['see https://example.com.', ['https://example.com']],
    ['(https://example.com/a_(b))', ['https://example.com/a_(b)']],
    ['www.example.com/x?y=1#z, and', ['https://www.example.com/x?y=1#z']],
    ['http://localhost:3000/login', ['http://localhost:3000/login']],
    ['“https://example.com/ü”', ['https://example.com/ü']],
    ['https://a.example https://b.example', ['https://a.example', 'https://b.example']],
  ])('are found in %s', (text, expected) => {
    expect(hrefs(text)).toEqual(expected);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    'xhttps://',
    'ftp://example.com',
    'http://nodots',
  ])('are not found in %s', (text) => {
    expect(hrefs(text)).toEqual([]);
  });

  it('leave the text as it was typed, and are http or https only', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('https://', 'www.', 'a.b/', '(', ')', '<', '"', ' ', '\n', '.', 'javascript:', '&amp;'),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('');
        const pieces = findLinks(text);
        expect(pieces.map((piece) => piece.text).join('')).toBe(text);
        for (const href of pieces.flatMap((piece) => piece.href ?? [])) {
          expect(['http:', 'https:']).toContain(new URL(href).protocol);
        }
      }),
    );
  });
});
