import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../web/src/app/tokens.css', import.meta.url), 'utf8');

/** The value of a token, light and dark. */
function token(name: string): readonly [string, string] {
  const both = new RegExp(`--${name}: light-dark\\((#[0-9a-f]+), (#[0-9a-f]+)\\)`).exec(css);
  const one = new RegExp(`--${name}: (#[0-9a-f]+);`).exec(css);
  const [light, dark] = both ? [both[1], both[2]] : [one?.[1], one?.[1]];
  if (light === undefined || dark === undefined) throw new Error(`tokens.css has no colour --${name}`);
  return [light, dark];
}

/** WCAG 2.2, "relative luminance". */
function luminance(hex: string): number {
  const full = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join('') : hex.slice(1);
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const channel = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['background', 'rail', 'raised', 'hover'];
const TEXTS = ['text', 'muted', 'accent', 'good', 'new', 'bad'];
const PAIRS = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground, 4.5] as const)),
  ['accent', 'accent-soft', 4.5],
  ['text', 'accent-soft', 4.5],
  ['muted', 'accent-soft', 4.5],
  ['on-accent', 'accent', 4.5],
  ['warning-text', 'warning-ground', 4.5],
  ...GROUNDS.map((ground) => ['control-line', ground, 3] as const),
] as const;

describe('colours', () => {
  it.each(PAIRS)('%s on %s reaches %s:1, light and dark', (front, ground, least) => {
    for (const scheme of [0, 1] as const) {
      expect(contrast(token(front)[scheme], token(ground)[scheme])).toBeGreaterThanOrEqual(least);
    }
  });

  const avatars = [...css.matchAll(/--(avatar-[\w]+):/g)].map((match) => match[1] ?? '');
  it.each(avatars)('white letters on %s reach 4.5:1', (ground) => {
    expect(contrast('#ffffff', token(ground)[0])).toBeGreaterThanOrEqual(4.5);
  });
});
