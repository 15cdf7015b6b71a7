/** A topic is not as declared, and the set-up does not change it: the message says what is, what should be and what to do. */
export class TopicMismatchError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TopicMismatchError';
  }
}
