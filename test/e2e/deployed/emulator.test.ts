import { randomUUID } from 'node:crypto';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { describe, expect, inject, it } from 'vitest';
import type { PostMessageResponse } from '../../../core/contract/messages.ts';
import { SECURITY_HEADERS } from '../../../core/contract/security-headers.ts';
import { deployStacks, destroyStacks, type EmulatorRun } from '../../../deploy/deploy-to-emulator.ts';
import { findEmulator } from '../../../deploy/emulator.ts';
import { Person } from '../../../drills/client/person.ts';
import { waitFor } from '../../../drills/run/wait-for.ts';

const { origin, endpoint, httpApiEndpoint, ...rest } = inject('emulator');
const run = async (): Promise<EmulatorRun> => ({
  ...rest,
  emulator: await findEmulator({ AWS_ENDPOINT_URL: endpoint }),
  signal: new AbortController().signal,
  say: console.log,
});

describe('what is deployed', () => {
  it('lets people sign up, sign in, join, post, hear it over the socket and read it in history', async () => {
    const ada = await Person.signUp(origin);
    const bob = await (await Person.signUp(origin)).onAnotherDevice();
    const socket = await bob.listen();
    try {
      const conversationId = await ada.createChannel();
      await bob.join(conversationId);
      const posted = await ada.api.demand<PostMessageResponse>('post-message', {
        params: { conversationId },
        body: { content: 'Hey everyone', nonce: randomUUID(), attempt: 0 },
      });
      const heard = await waitFor('the message to be heard', () =>
        socket.events.find((event) => event.type === 'message.posted'),
      );
      expect(heard).toMatchObject({ messageId: posted.messageId, content: 'Hey everyone' });
      await waitFor('the message to be announced as stored', () =>
        socket.events.some((event) => event.type === 'conversation.stored'),
      );
      const history = await bob.readHistory(conversationId);
      expect(history).toMatchObject([{ messageId: posted.messageId, content: 'Hey everyone' }]);
    } finally {
      await socket.close();
    }
  });

  it('says that all of its parts are well', async () => {
    const ada = await Person.signUp(origin);
    expect(await ada.api.demand('read-health')).toMatchObject({ status: 'ok' });
  });

  it('serves the page with its security headers, and an unknown path as a 404 of its own kind', async () => {
    const page = await fetch(`${origin}/login`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('<div id="root">');
    expect(Object.fromEntries(page.headers)).toMatchObject(SECURITY_HEADERS);
    expect((await fetch(`${origin}/no/such/page`)).status).toBe(404);
    const unknown = await fetch(`${origin}/api/no-such-route`);
    expect(unknown.headers.get('content-type')).toBe('application/problem+json');
    expect(unknown.status).toBe(404);
  });

  it('answers nothing that did not come through CloudFront', async () => {
    const apiId = new URL(httpApiEndpoint).hostname.split('.')[0];
    const answer = await fetch(`${endpoint}/_aws/execute-api/${apiId}/$default/api/health`);
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({
      status: 403,
      body: { code: 'origin_refused' },
    });
  });
});

it('deployed again, nothing changes', async () => {
  let output = '';
  await deployStacks(await run(), {
    onOutput: (text) => {
      output += text;
    },
  });
  const results = output.split('\n').filter((line) => line.includes('✅'));
  expect(results.map((line) => line.replace('✅', '').trim()).sort()).toEqual([
    'PingMe-Api (no changes)',
    'PingMe-Operations (no changes)',
    'PingMe-State (no changes)',
    'PingMe-Web (no changes)',
  ]);
});

it('destroyed, nothing of it is left', async () => {
  const lambda = new LambdaClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const functions = async () => (await lambda.send(new ListFunctionsCommand({}))).Functions ?? [];
  expect((await functions()).length).toBeGreaterThan(20);
  await destroyStacks(await run());
  expect(await functions()).toEqual([]);
});
