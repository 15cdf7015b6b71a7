/** Whether a store does its work right now. */
export interface StoreProbe {
  /** Answers within a second or so; never throws. */
  isUp(): Promise<boolean>;
}
