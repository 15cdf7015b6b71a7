import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { DRILLS } from '../../../drills/catalogue.ts';
import { readLedger } from '../../../drills/ledger/recorder.ts';
import { runDrill } from '../../../drills/run/run-drill.ts';

/** The quick ones that break something which no other test breaks. */
const SHORT_SET = ['kafka-connection-cut', 'edge-lossy-link', 'edge-two-tabs', 'edge-leaving', 'rebuild'];

let resultsDirectory: string;
beforeAll(async () => {
  resultsDirectory = await mkdtemp(join(tmpdir(), 'ping-me-short-set-'));
});
afterAll(() => rm(resultsDirectory, { recursive: true, force: true }));

it.each(SHORT_SET)('%s keeps every promise', async (name) => {
  const drill = DRILLS.find((one) => one.name === name);
  if (drill === undefined) throw new Error(`There is no drill ${name}.`);
  const result = await runDrill(drill, { stores: inject('system'), resultsDirectory, say: console.log });
  expect(result.findings.filter(({ kept, ofTime }) => !kept && ofTime !== true)).toEqual([]);
  // Whoever has the file comes to the same verdict.
  const again = await readLedger(result.observationsFile ?? '');
  expect(again.report()).toEqual(result.report);
});
