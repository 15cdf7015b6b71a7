import { expect, it } from 'vitest';
import { cookiesOf, parseCookies } from '../../../lambdas/middleware/cookies.ts';

it.each([
  ['in their own field, as API Gateway has them', { cookies: ['a=1', 'b=2=3'], headers: {} }],
  ['left in the header', { headers: { cookie: 'a=1; b=2=3' } }],
])('cookies are read %s', (_where, event) => {
  expect(parseCookies(cookiesOf(event))).toEqual({ a: '1', b: '2=3' });
});

it('no cookies are none', () => {
  expect(cookiesOf({ headers: {} })).toEqual([]);
});
