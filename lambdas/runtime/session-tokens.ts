import { JwtSessionTokens } from '../adapters/identity/jwt-session-tokens.ts';
import { RememberedSessionTokens } from '../adapters/identity/remembered-session-tokens.ts';
import type { SessionTokens } from '../application/ports/session-tokens.ts';
import { sessionSettings } from './environment.ts';
import { once } from './once.ts';
import { sessionKeyRing } from './session-keys.ts';

export const sessionTokens = once(
  (): SessionTokens =>
    new RememberedSessionTokens(
      new JwtSessionTokens(sessionKeyRing(), sessionSettings().tokenLifetimeSeconds),
    ),
);
