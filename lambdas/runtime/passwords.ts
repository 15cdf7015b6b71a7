import { Argon2idPasswordHasher } from '../adapters/identity/argon2id-password-hasher.ts';
import type { PasswordHasher } from '../application/ports/password-hasher.ts';
import { once } from './once.ts';

export const passwordHasher = once((): PasswordHasher => new Argon2idPasswordHasher());
