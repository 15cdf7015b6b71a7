import { isReached, type Row } from '../benchmark.ts';

/** A table for people: one line a row, with its bound and whether it is reached. */
export function renderRows(rows: readonly Row[]): string {
  const head = ['what', 'ours', 'beside', 'theirs', 'ratio', 'must reach', ''];
  const lines = rows.map((row) => [
    row.what,
    figure(row.ours, row.unit),
    row.beside,
    figure(row.theirs, row.unit),
    `${row.ratio.toFixed(2)}x`,
    boundText(row),
    row.bound === undefined ? '' : isReached(row) ? 'reached' : 'MISSED',
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...lines.map((line) => line[column]?.length ?? 0)),
  );
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function figure(value: number, unit: Row['unit']): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}

function boundText({ bound }: Row): string {
  if (bound === undefined) return '–';
  return 'atMost' in bound ? `≤ ${bound.atMost}x` : `≥ ${bound.atLeast}x`;
}
