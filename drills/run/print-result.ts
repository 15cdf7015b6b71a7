import { violationCount } from '../ledger/ledger-report.ts';
import { type DrillResult, keptAll } from './run-drill.ts';

/** The ledger of a drill, and what became of each promise that it is about. */
export function renderResult(result: DrillResult): string {
  if (result.skipped !== undefined) return `  skipped: ${result.skipped}`;
  const { report, findings } = result;
  const lines: string[] = [];
  if (report !== undefined) {
    const { violations } = report;
    lines.push(
      `  ledger: ${report.sent} sent · ${report.acknowledged} acknowledged · ${report.stored} stored · ${report.deliveredToAll} delivered to all, ${report.heardByAll} of them live · ${report.refused} tries refused`,
      `          ${Object.entries(violations)
        .map(([name, count]) => `${count} ${wordsOf(name)}`)
        .join(' · ')}`,
      `          longest silence ${secondsOf(report.longestSilenceMs)} · longest wait of a message ${secondsOf(report.longestWaitMs)} · recovered after ${report.recoveredAfterMs === undefined ? '–' : secondsOf(report.recoveredAfterMs)}`,
    );
  }
  for (const { promise, kept, measured } of findings) {
    // What the ledger's second line says needs no line of its own while it is kept.
    if (!kept || !/^0 \w+$/.test(measured))
      lines.push(`  ${kept ? 'kept  ' : 'BROKEN'}  ${promise}: ${measured}`);
  }
  lines.push(
    `  ${keptAll(result) ? '✔ every promise was kept' : '✘ promises were broken'} (${result.seconds.toFixed(0)} s; ${result.observationsFile})`,
  );
  return lines.join('\n');
}

/** A line a drill. */
export function renderTable(results: readonly DrillResult[]): string {
  const rows = results.map((result) => {
    const { report } = result;
    return [
      result.name,
      report?.acknowledged ?? '–',
      report?.stored ?? '–',
      report?.deliveredToAll ?? '–',
      report?.violations.lost ?? '–',
      report?.violations.doubled ?? '–',
      report === undefined ? '–' : report.violations.outOfOrder + report.violations.againstTime,
      report === undefined ? '–' : violationCount(report.violations),
      report === undefined ? '–' : secondsOf(report.longestSilenceMs),
      report?.recoveredAfterMs === undefined ? '–' : secondsOf(report.recoveredAfterMs),
      result.skipped !== undefined ? 'skipped' : keptAll(result) ? 'kept' : 'BROKEN',
    ].map(String);
  });
  const head = [
    'drill',
    'acknowledged',
    'stored',
    'delivered',
    'lost',
    'doubled',
    'out of order',
    'all violations',
    'silence',
    'recovered',
    'promises',
  ];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [line(head), ...rows.map(line)].join('\n');
}

function wordsOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function secondsOf(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}
