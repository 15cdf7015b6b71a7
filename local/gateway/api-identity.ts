import { randomBytes } from 'node:crypto';
import { LOCAL_ACCOUNT_ID, LOCAL_REGION } from '../functions/lambda-context.ts';

/** What stands in events where AWS puts the ids of an API. */
export interface ApiIdentity {
  readonly accountId: string;
  readonly region: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly stage: string;
}

const identityOf = (apiId: string, stage: string): ApiIdentity => ({
  accountId: LOCAL_ACCOUNT_ID,
  region: LOCAL_REGION,
  apiId,
  domainName: `${apiId}.execute-api.${LOCAL_REGION}.amazonaws.com`,
  stage,
});

export const HTTP_API = identityOf('localhttp0', '$default');
/** Its stage is named as the path at CloudFront, which passes paths on as they are. */
export const SOCKET_API = identityOf('localsock0', 'ws');

const ID_BYTES = 11;
/** Drawn for many ids at once: each draw costs as much as the rest of an answer to a function that posts to a connection. */
const DRAWN_BYTES = 256 * ID_BYTES;

let drawn = Buffer.alloc(0);
let used = 0;

/** Request, message and connection ids look like "JKJaXmPLvHcESHA=". */
export function newGatewayId(): string {
  if (used === drawn.length) {
    drawn = randomBytes(DRAWN_BYTES);
    used = 0;
  }
  used += ID_BYTES;
  return `${drawn.toString('base64url', used - ID_BYTES, used)}=`;
}

/** "Root=1-5e6722a7-cc56…": the time in it is that of the request. */
export function newTraceHeader(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "12/Mar/2020:19:03:58 +0000", the common log format. */
export function commonLogTime(time: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const clock = [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map(two).join(':');
  return `${two(time.getUTCDate())}/${MONTHS[time.getUTCMonth()]}/${time.getUTCFullYear()}:${clock} +0000`;
}
