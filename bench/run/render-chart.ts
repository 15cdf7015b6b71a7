import type { Row } from '../benchmark.ts';

const WIDTH = 720;
const BAR = 18;
const ROW = 74;
const LEFT = 16;

/** An SVG: for each row two bars, ours and the one beside it, on a scale of the row's own. */
export function renderChart(title: string, rows: readonly Row[]): string {
  const height = 48 + rows.length * ROW;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="${LEFT}" y="26" font-size="16" font-weight="bold">${escaped(title)}</text>`,
    ...rows.map((row, index) => renderRow(row, 48 + index * ROW)),
    '</svg>',
    '',
  ].join('\n');
}

function renderRow(row: Row, top: number): string {
  const scale = (WIDTH - 2 * LEFT - 130) / Math.max(row.ours, row.theirs, 1e-9);
  const bar = (value: number, offset: number, colour: string) =>
    `<rect x="${LEFT}" y="${top + offset}" width="${Math.max(1, value * scale).toFixed(1)}" height="${BAR}" fill="${colour}"/>` +
    `<text x="${(LEFT + value * scale + 8).toFixed(1)}" y="${top + offset + 14}">${value.toPrecision(3)} ${row.unit}</text>`;
  const label = `${row.what}; beside it: ${row.beside} (${row.ratio.toFixed(2)}x)`;
  return `<text x="${LEFT}" y="${top + 12}">${escaped(label)}</text>${bar(row.ours, 18, '#4a154b')}${bar(row.theirs, 18 + BAR + 2, '#b5b5b5')}`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
