import type { IncomingMessage } from 'node:http';

/** Headers as they were sent: their case, their order, and each as often as it came. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

export function headerList(request: Pick<IncomingMessage, 'rawHeaders'>): HeaderList {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    list.push([request.rawHeaders[index] ?? '', request.rawHeaders[index + 1] ?? '']);
  }
  return list;
}

/** All headers but those whose lower-case names are given. */
export function without(headers: HeaderList, names: readonly string[]): HeaderList {
  return headers.filter(([name]) => !names.includes(name.toLowerCase()));
}

/** The value of the first header of that (lower-case) name. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  return headers.find(([candidate]) => candidate.toLowerCase() === name)?.[1];
}
