/**
 * How far the log has been seen (by `deliver`) and kept (by `store`), per partition of the topic `messages`; it tells
 * whether history lags behind what people already heard live.
 */
export interface LogProgress {
  /** Best effort: progress that can't be noted is noted with the next batch. Never throws. */
  note(side: 'appended' | 'stored', partition: number, offset: bigint): Promise<void>;
  /** Whether some partition was seen further than it is kept, for longer than a moment. False while nobody can tell. */
  isStoreBehind(): Promise<boolean>;
}
