import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { OperatorError } from '../processes/operator-error.ts';

/** Unix sockets have paths of at most 104 bytes on macOS, 108 on Linux, the closing zero included. */
const LONGEST_SOCKET_PATH = 103;

const settingsSchema = z.object({
  nodeCount: z.int(),
  kafkaClusterId: z.string(),
  ports: z.object({ base: z.int(), storage: z.int() }),
});

/** What must stay the same as long as the data lives. */
export type DataSettings = z.infer<typeof settingsSchema>;

const recordedProcessSchema = z.object({ title: z.string(), pid: z.int(), startedAt: z.string() });

/** A child as the run wrote it down, for the next start to recognise should this one end by SIGKILL. */
export type RecordedProcess = z.infer<typeof recordedProcessSchema>;

const runSchema = z.object({ controlSocket: z.string(), processes: z.array(recordedProcessSchema) });

/** What is only true while a run lives. */
export type RunRecord = z.infer<typeof runSchema>;

/** The files of a data directory that are the run's own, beside the stores' folders. */
export class DataDirectory {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  get lockFile(): string {
    return join(this.path, 'lock');
  }

  /** Where the control socket of a run in this folder belongs: in the folder, or in the system's one where that is too long. */
  get controlSocket(): string {
    const inside = join(this.path, 'control.sock');
    if (Buffer.byteLength(inside) <= LONGEST_SOCKET_PATH) return inside;
    const hash = createHash('sha256').update(this.path).digest('hex').slice(0, 16);
    return join(tmpdir(), `ping-me-${hash}.sock`);
  }

  /** The argument that every child carries on its command line, and that proves it to be of this folder. */
  get processMark(): string {
    return `-Dping-me.run=${this.path}`;
  }

  /** Whether a run has ever been set up here, be its file readable or not. */
  get hasSettings(): boolean {
    return existsSync(join(this.path, 'settings.json'));
  }

  /** @throws OperatorError when the file cannot be understood */
  readSettings(): DataSettings | undefined {
    return this.read('settings.json', settingsSchema);
  }

  writeSettings(settings: DataSettings): void {
    this.write('settings.json', settings);
  }

  /** @throws OperatorError when the file cannot be understood */
  readRun(): RunRecord | undefined {
    return this.read('run.json', runSchema);
  }

  writeRun(run: RunRecord): void {
    this.write('run.json', run);
  }

  removeRun(): void {
    rmSync(join(this.path, 'run.json'), { force: true });
  }

  private read<Value>(name: string, schema: z.ZodMiniType<Value>): Value | undefined {
    const file = join(this.path, name);
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      return undefined;
    }
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      throw new OperatorError(`${file} is damaged: wipe the data with npm run reset, then start again.`);
    }
  }

  private write(name: string, value: unknown): void {
    mkdirSync(this.path, { recursive: true });
    const file = join(this.path, name);
    writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`);
    renameSync(`${file}.new`, file);
  }
}
