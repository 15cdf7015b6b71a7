import { Transform, type TransformCallback } from 'node:stream';

/**
 * Hands every chunk on a while after it came in, in the same order: a slow link, not a narrow one. The delay may change while
 * bytes flow.
 */
export class DelayLine extends Transform {
  readonly #delayMilliseconds: () => number;
  #waiting = 0;
  #lastDue = 0;
  #whenEmpty: (() => void) | undefined;

  constructor(delayMilliseconds: () => number) {
    super();
    this.#delayMilliseconds = delayMilliseconds;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const delay = this.#delayMilliseconds();
    if (delay === 0 && this.#waiting === 0) {
      done(null, chunk);
      return;
    }
    this.#waiting += 1;
    // A chunk that came in after the delay was shortened still waits for those before it.
    this.#lastDue = Math.max(this.#lastDue, performance.now() + delay);
    setTimeout(() => {
      this.#waiting -= 1;
      if (!this.destroyed) this.push(chunk);
      if (this.#waiting === 0) this.#whenEmpty?.();
    }, this.#lastDue - performance.now());
    done();
  }

  override _flush(done: TransformCallback): void {
    if (this.#waiting === 0) done();
    else this.#whenEmpty = done;
  }
}
