/** The error and what caused it, outermost first; kafkajs puts causes in `cause` and `originalError`. */
export function causesOf(error: unknown): Error[] {
  const causes: Error[] = [];
  for (let current = error; current instanceof Error && causes.length < 5; ) {
    causes.push(current);
    current = current.cause ?? ('originalError' in current ? current.originalError : undefined);
  }
  return causes;
}

const REFUSALS: ReadonlySet<string> = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
]);

/** Whether the log will never take what was sent. */
export function isRefusal(error: unknown): boolean {
  return causesOf(error).some((cause) => 'type' in cause && REFUSALS.has(String(cause.type)));
}
