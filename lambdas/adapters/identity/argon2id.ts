import * as crypto from 'node:crypto';
import { argon2id } from 'hash-wasm';

/** What argon2id computes a tag from (RFC 9106, section 3.1). */
export interface Argon2idInput {
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly memoryKib: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly tagLength: number;
}

export type Argon2id = (input: Argon2idInput) => Promise<Uint8Array>;

/** `crypto.argon2` of Node 24.7 and later, as far as it is used here; not in the type declarations of earlier ones. */
export interface CryptoWithArgon2 {
  readonly argon2?: (
    algorithm: 'argon2id',
    parameters: {
      readonly message: Uint8Array;
      readonly nonce: Uint8Array;
      readonly memory: number;
      readonly passes: number;
      readonly parallelism: number;
      readonly tagLength: number;
    },
    callback: (error: Error | null, tag: Uint8Array) => void,
  ) => void;
}

/**
 * argon2id of the runtime's own crypto, which computes beside the event loop, or else in WebAssembly, which holds the
 * event loop for the time of a hash. The tags are the same.
 */
export function argon2idOf(runtime: CryptoWithArgon2 = crypto as CryptoWithArgon2): Argon2id {
  const { argon2 } = runtime;
  if (!argon2) return argon2idInWasm;
  return ({ password, salt, memoryKib, ...rest }) =>
    new Promise((resolve, reject) => {
      argon2('argon2id', { message: password, nonce: salt, memory: memoryKib, ...rest }, (error, tag) => {
        if (error) reject(error);
        else resolve(tag);
      });
    });
}

const argon2idInWasm: Argon2id = ({ password, salt, memoryKib, passes, parallelism, tagLength }) =>
  argon2id({
    password,
    salt,
    memorySize: memoryKib,
    iterations: passes,
    parallelism,
    hashLength: tagLength,
    outputType: 'binary',
  });
