import { expect, it } from 'vitest';
import { KeyspacesAuthProvider } from '../../../lambdas/adapters/cassandra/keyspaces-auth-provider.ts';
import { keyspacesSignature } from '../../../lambdas/adapters/cassandra/keyspaces-signature.ts';

/** The known answer of AWS's plugin for the Node.js driver (aws-sigv4-auth-cassandra-nodejs-driver-plugin, its unit tests). */
const NONCE = '91703fdc2ef562e19fbdab0f58e42fe5';
const ANSWER =
  'signature=7f3691c18a81b8ce7457699effbfae5b09b4e0714ab38c1292dbdf082c9ddd87,access_key=UserID-1,amzdate=2020-06-09T22:41:51.000Z';
const credentials = { accessKeyId: 'UserID-1', secretAccessKey: 'UserSecretKey-1', sessionToken: undefined };
const options = { region: 'us-west-2', date: new Date('2020-06-09T22:41:51.000Z') };

it('signs as AWS says', () => {
  expect(keyspacesSignature(NONCE, { ...options, credentials })).toBe(ANSWER);
});

it('passes a session token on', () => {
  const temporary = { ...credentials, sessionToken: 'sess-token-1' };
  expect(keyspacesSignature(NONCE, { ...options, credentials: temporary })).toBe(
    `${ANSWER},session_token=sess-token-1`,
  );
});

it('answers the challenge by its nonce, and refuses one without', () => {
  const authenticator = new KeyspacesAuthProvider('us-west-2', () => credentials).newAuthenticator();
  const answers: (string | undefined)[] = [];
  const hear = (error: Error | null, response?: Buffer) =>
    answers.push(error?.message ?? response?.toString());
  authenticator.initialResponse(hear);
  authenticator.evaluateChallenge(Buffer.from(`nonce=${NONCE},region=us-west-2`), hear);
  authenticator.evaluateChallenge(Buffer.from('something else'), hear);
  expect(answers).toEqual([
    'SigV4\0\0',
    expect.stringMatching(/^signature=[0-9a-f]{64},access_key=UserID-1,amzdate=\d{4}-/),
    'The challenge of Amazon Keyspaces holds no nonce.',
  ]);
});
