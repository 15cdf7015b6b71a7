const BLOCKS = '▁▂▃▄▅▆▇█';
const WIDTH = 60;

/** A line of blocks, from 0 to the largest of the values, with first, largest and last figure. */
export function renderSeries(name: string, values: readonly number[], unit: string): string {
  const largest = Math.max(...values, 1e-9);
  const shown = thinned(values).map((value) => BLOCKS[Math.min(7, Math.floor((value / largest) * 7.999))]);
  const figure = (value: number | undefined) => (value ?? 0).toFixed(0);
  return `${name.padEnd(14)}${shown.join('').padEnd(WIDTH)} ${figure(values[0])} → ${figure(values.at(-1))} ${unit}, at most ${figure(largest)}`;
}

/** At most as many as fit, each the largest of its share. */
function thinned(values: readonly number[]): number[] {
  const share = Math.max(1, values.length / WIDTH);
  return Array.from({ length: Math.min(WIDTH, values.length) }, (_, index) =>
    Math.max(...values.slice(Math.floor(index * share), Math.max(1, Math.floor((index + 1) * share)))),
  );
}
