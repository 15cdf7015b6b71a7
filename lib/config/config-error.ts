/** A context value that is missing, wrong or contradicts another; the message is one sentence that names the key. */
export class ConfigError extends Error {
  readonly key: string;

  constructor(key: string, sentence: string) {
    super(`The context value ${key} ${sentence}.`);
    this.name = 'ConfigError';
    this.key = key;
  }
}
