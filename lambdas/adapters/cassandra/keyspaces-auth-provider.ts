import { auth } from 'cassandra-driver';
import type { RoleCredentials } from '../../application/ports/role-credentials.ts';
import { keyspacesSignature } from './keyspaces-signature.ts';

type Callback = (error: Error | null, response?: Buffer) => void;

/**
 * Proves to Amazon Keyspaces who the function's role is, so that there is no password. The driver takes descendants of its own
 * `AuthProvider` only, which its types do not export as a class: hence the nearest one that they do.
 */
export class KeyspacesAuthProvider extends auth.PlainTextAuthProvider {
  readonly #region: string;
  readonly #credentials: () => RoleCredentials;

  /** @param credentials asked at each connection, as they are renewed now and then */
  constructor(region: string, credentials: () => RoleCredentials) {
    super('', '');
    this.#region = region;
    this.#credentials = credentials;
  }

  override newAuthenticator(): auth.Authenticator {
    return new KeyspacesAuthenticator((nonce) =>
      keyspacesSignature(nonce, {
        region: this.#region,
        date: new Date(),
        credentials: this.#credentials(),
      }),
    );
  }
}

class KeyspacesAuthenticator implements auth.Authenticator {
  readonly #sign: (nonce: string) => string;

  constructor(sign: (nonce: string) => string) {
    this.#sign = sign;
  }

  initialResponse(callback: Callback): void {
    callback(null, Buffer.from('SigV4\0\0'));
  }

  evaluateChallenge(challenge: Buffer, callback: Callback): void {
    const nonce = /nonce=([^,]*)/.exec(challenge.toString())?.[1];
    if (nonce === undefined) callback(new Error('The challenge of Amazon Keyspaces holds no nonce.'));
    else callback(null, Buffer.from(this.#sign(nonce)));
  }

  onAuthenticationSuccess(): void {
    // Keyspaces has nothing more to say.
  }
}
