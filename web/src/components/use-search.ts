import { useEffect, useReducer, useRef, useState } from 'react';
import { describeError } from '../lib/api/api-error.ts';

/** What a search has come to. The results of the query before stay until the next ones are there. */
export interface Search<Result> {
  readonly results: readonly Result[];
  readonly status: 'idle' | 'searching' | 'done' | 'failed';
  readonly error?: string;
  /** Asks the same again. */
  readonly retry: () => void;
}

/** Long enough to skip the letters of a word typed at speed, short enough not to be noticed. */
const PAUSE_MS = 150;

/** Searches as one types, a moment after the last key; only the answer to the latest query counts. */
export function useSearch<Result>(
  query: string | undefined,
  search: (query: string) => Promise<readonly Result[]>,
): Search<Result> {
  const [state, setState] = useState<Omit<Search<Result>, 'retry'>>({ results: [], status: 'idle' });
  const [attempt, retry] = useReducer((count: number) => count + 1, 0);
  const latest = useRef(search);
  useEffect(() => {
    latest.current = search;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks anew
  useEffect(() => {
    if (query === undefined) {
      setState({ results: [], status: 'idle' });
      return;
    }
    let wanted = true;
    setState(({ results }) => ({ results, status: 'searching' }));
    const timer = setTimeout(async () => {
      try {
        const results = await latest.current(query);
        if (wanted) setState({ results, status: 'done' });
      } catch (error) {
        if (wanted) setState({ results: [], status: 'failed', error: describeError(error) });
      }
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [query, attempt]);
  return { ...state, retry };
}
