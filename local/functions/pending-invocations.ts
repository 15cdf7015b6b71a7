import type { InstanceFacts } from './lambda-context.ts';
import { type HandlerOutcome, timedOut } from './run-handler.ts';

/** The invocations that an instance has under way, each with its time limit. */
export class PendingInvocations {
  private readonly facts: InstanceFacts;
  private readonly onTimeout: () => void;
  private readonly settle = new Map<number, (outcome: HandlerOutcome) => void>();
  private lastId = 0;

  /** @param onTimeout called when an invocation exceeds the function's limit: Lambda then ends the instance */
  constructor(facts: InstanceFacts, onTimeout: () => void) {
    this.facts = facts;
    this.onTimeout = onTimeout;
  }

  /** Begins an invocation; its clock starts now. */
  begin(): { id: number; outcome: Promise<HandlerOutcome> } {
    this.lastId += 1;
    const id = this.lastId;
    const outcome = new Promise<HandlerOutcome>((resolve) => {
      const timer = setTimeout(() => {
        this.end(id, timedOut(this.facts));
        this.onTimeout();
      }, this.facts.timeoutSeconds * 1_000);
      this.settle.set(id, (ended) => {
        clearTimeout(timer);
        resolve(ended);
      });
    });
    return { id, outcome };
  }

  end(id: number, outcome: HandlerOutcome): void {
    this.settle.get(id)?.(outcome);
    this.settle.delete(id);
  }

  endAll(outcome: HandlerOutcome): void {
    for (const id of [...this.settle.keys()]) this.end(id, outcome);
  }
}
