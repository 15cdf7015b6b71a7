import type { ControlledPart, OwnedNodeControl, PartStatus } from './node-control.ts';
import { OperatorError } from './operator-error.ts';

const DEFAULT_READY_MILLISECONDS = 60_000;

/** The parts of a run. Its fields are private to the runtime too, so that printing the run's addresses stays readable. */
export class PartRegistry implements OwnedNodeControl {
  readonly #parts: ControlledPart[] = [];

  register(part: ControlledPart): void {
    if (this.#parts.some((known) => known.part === part.part && known.number === part.number)) {
      throw new Error(`the part ${partName(part)} is registered already`);
    }
    this.#parts.push(part);
  }

  async status(): Promise<PartStatus[]> {
    const sorted = this.#parts.toSorted((a, b) => partName(a).localeCompare(partName(b)));
    return sorted.map((part) => ({
      part: part.part,
      ...(part.number === undefined ? {} : { number: part.number }),
      ...part.status(),
    }));
  }

  async stop(part: string, number?: number): Promise<void> {
    await this.find(part, number).stop();
  }

  async kill(part: string, number?: number): Promise<void> {
    await this.find(part, number).kill();
  }

  async start(part: string, number?: number): Promise<void> {
    await this.find(part, number).start();
  }

  async pause(part: string, number?: number): Promise<void> {
    const found = this.find(part, number);
    if (found.pause === undefined)
      throw new OperatorError(`${partName(found)} cannot be paused: use stop or kill.`);
    await found.pause();
  }

  async resume(part: string, number?: number): Promise<void> {
    const found = this.find(part, number);
    if (found.resume === undefined)
      throw new OperatorError(`${partName(found)} cannot be resumed: use start.`);
    await found.resume();
  }

  async waitUntilReady(
    part: string,
    number?: number,
    timeoutMilliseconds = DEFAULT_READY_MILLISECONDS,
  ): Promise<void> {
    await this.find(part, number).waitUntilReady?.(timeoutMilliseconds);
  }

  private find(part: string, number: number | undefined): ControlledPart {
    const kin = this.#parts.filter((known) => known.part === part);
    if (kin.length === 0) {
      const names = [...new Set(this.#parts.map((known) => known.part))];
      throw new OperatorError(`There is no part "${part}" here: the parts are ${names.join(', ')}.`);
    }
    const found = kin.find((known) => known.number === number);
    if (found !== undefined) return found;
    const numbers = kin.flatMap((known) => (known.number === undefined ? [] : [known.number])).sort();
    if (numbers.length === 0) throw new OperatorError(`There is only one ${part}: name it without a number.`);
    throw new OperatorError(
      number === undefined
        ? `Say which ${part} is meant: ${numbers.join(', ')}.`
        : `There is no ${part} ${number} here: the numbers are ${numbers.join(', ')}.`,
    );
  }
}

/** "cassandra 2", or "dynamodb" where there is one. */
export function partName({ part, number }: { part: string; number?: number | undefined }): string {
  return number === undefined ? part : `${part} ${number}`;
}
