import { ConfigError } from './config-error.ts';

/** Keys with one of these belong to the CDK itself: feature flags, look-ups, what its command line says. */
const OF_THE_CDK = /[@:/]/;

/**
 * Reads typed values from the CDK's context. A value may come from the command line (`-c existing.vpc=vpc-1`, always
 * text) or from cdk.json (text, boolean, number, list, or nested: `"existing": { "vpc": "vpc-1" }`).
 */
export class ContextReader {
  readonly #values = new Map<string, unknown>();
  readonly #asked = new Set<string>();

  constructor(context: Readonly<Record<string, unknown>>) {
    const own = Object.entries(context).filter(([key]) => !OF_THE_CDK.test(key));
    for (const [key, value] of own) this.#add(key, value);
    // The command line is the last word on what a file says as well.
    for (const [key, value] of own) if (key.includes('.')) this.#add(key, value);
  }

  #add(key: string, value: unknown): void {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value)) this.#add(`${key}.${name}`, inner);
    } else {
      this.#values.set(key, value);
    }
  }

  has(key: string): boolean {
    return this.text(key) !== undefined;
  }

  /** Text that is not empty. */
  text(key: string, pattern?: RegExp, allowed = 'text'): string | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    const text = Array.isArray(value) ? value.join(',') : String(value);
    if (pattern !== undefined && !pattern.test(text)) throw new ConfigError(key, `must be ${allowed}`);
    return text;
  }

  requiredText(key: string, why: string, pattern?: RegExp, allowed?: string): string {
    const value = this.text(key, pattern, allowed);
    if (value === undefined) throw new ConfigError(key, `is missing: ${why}`);
    return value;
  }

  oneOf<const T extends string>(key: string, allowed: readonly T[], fallback: T): T {
    const value = this.#value(key) ?? fallback;
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new ConfigError(key, `must be ${alternatives(allowed)}`);
    return found;
  }

  flag(key: string, fallback: boolean): boolean {
    const value = this.#value(key);
    if (value === undefined) return fallback;
    if (String(value) === 'true') return true;
    if (String(value) === 'false') return false;
    throw new ConfigError(key, 'must be true or false');
  }

  integer(key: string, minimum: number, maximum: number, fallback: number): number {
    const value = this.#value(key);
    if (value === undefined) return fallback;
    const number = Number(value);
    if (!Number.isInteger(number) || number < minimum || number > maximum) {
      throw new ConfigError(key, `must be a whole number from ${minimum} to ${maximum}`);
    }
    return number;
  }

  /** Items separated by commas, or a list in cdk.json; each must match. */
  list(key: string, pattern: RegExp, allowed: string): string[] | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const items = text.split(',').map((item) => item.trim());
    if (!items.every((item) => pattern.test(item))) {
      throw new ConfigError(key, `must be ${allowed}, separated by commas`);
    }
    return items;
  }

  requiredList(key: string, why: string, pattern: RegExp, allowed: string): string[] {
    const items = this.list(key, pattern, allowed);
    if (items === undefined) throw new ConfigError(key, `is missing: ${why}`);
    return items;
  }

  /** Refuses what was given and contradicts another choice. */
  refuse(keys: readonly string[], sentence: string): void {
    for (const key of keys) if (this.has(key)) throw new ConfigError(key, sentence);
  }

  /** Refuses what nobody has asked for: a misspelt key would otherwise do nothing. */
  refuseUnknown(): void {
    const unknown = [...this.#values.keys()].find((key) => !this.#asked.has(key));
    if (unknown === undefined) return;
    const known = [...this.#asked].sort().join(', ');
    throw new ConfigError(unknown, `is not known; the known ones are ${known}`);
  }

  #value(key: string): unknown {
    this.#asked.add(key);
    const value = this.#values.get(key);
    return value === '' || value === null ? undefined : value;
  }
}

function alternatives(allowed: readonly string[]): string {
  return allowed.length === 1
    ? String(allowed[0])
    : `${allowed.slice(0, -1).join(', ')} or ${allowed[allowed.length - 1]}`;
}
