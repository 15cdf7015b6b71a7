import { describe, expect, it } from 'vitest';
import { toHttpAnswer } from '../../../../local/gateway/http-answer.ts';

const returned = (value: unknown) => toHttpAnswer({ kind: 'returned', value });
const text = (answer: { body: Buffer }) => answer.body.toString('utf8');

describe('toHttpAnswer', () => {
  it.each([
    ['an object without a status', { message: 'hello' }, '{"message":"hello"}'],
    ['a string', 'hello', '"hello"'],
    ['nothing', null, 'null'],
    ['a list', [1, 2], '[1,2]'],
  ])('answers 200 with JSON for %s', (_, value, body) => {
    const answer = returned(value);
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    expect(text(answer)).toBe(body);
  });

  it('takes status, headers, cookies and body of a structured result', () => {
    const answer = returned({
      statusCode: 201,
      headers: { 'Content-Type': 'application/json', 'X-Count': 3, 'Transfer-Encoding': 'chunked' },
      cookies: ['a=1; Path=/', 'b=2'],
      body: '{}',
    });
    expect(answer).toEqual({
      status: 201,
      headers: { 'content-type': 'application/json', 'x-count': '3', 'set-cookie': ['a=1; Path=/', 'b=2'] },
      body: Buffer.from('{}'),
    });
  });

  it('decodes a base64 body, and calls a body without a type plain text', () => {
    const answer = returned({
      statusCode: '200',
      body: Buffer.from([0, 255]).toString('base64'),
      isBase64Encoded: true,
    });
    expect(answer.body).toEqual(Buffer.from([0, 255]));
    expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(returned({ statusCode: 204 }).headers).toEqual({});
  });

  it.each([
    ['a body that is no string', { statusCode: 200, body: { a: 1 } }],
    ['a status that is no number', { statusCode: 'ok' }],
    ['a status outside HTTP', { statusCode: 700 }],
    ['cookies that are no list', { statusCode: 200, cookies: 'a=1' }],
  ])('answers 500 for %s', (_, value) => {
    expect(returned(value).status).toBe(500);
    expect(text(returned(value))).toBe('{"message":"Internal Server Error"}');
  });

  it.each([
    [
      { kind: 'failed', errorType: 'Error', errorMessage: 'secret' },
      500,
      '{"message":"Internal Server Error"}',
    ],
    [{ kind: 'throttled' }, 503, '{"message":"Service Unavailable"}'],
    [{ kind: 'too-large' }, 413, '{"message":"Request Entity Too Large"}'],
  ] as const)('answers as API Gateway when %o', (result, status, body) => {
    expect(toHttpAnswer(result).status).toBe(status);
    expect(text(toHttpAnswer(result))).toBe(body);
  });
});
