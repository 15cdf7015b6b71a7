import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** By then the page has what it starts with. */
const AHEAD_MS = 3_000;

/**
 * A part of the page whose code is no part of the first load. It is fetched when it is first used, or a little after
 * the start: who is offline by then, or whose page is older than what the service has now, still has all of it.
 */
export function lazyPart<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  setTimeout(() => void load().catch(() => undefined), AHEAD_MS);
  return lazy(async () => ({ default: await load() }));
}
