import { useCallback, useLayoutEffect, useState } from 'react';
import type { AppThunk } from '../state/app-thunk.ts';
import { closeConversation } from '../state/conversations-thunks.ts';
import { useAppDispatch } from '../store.ts';

export interface Opening {
  /** Why the conversation can't be shown. */
  readonly error: unknown;
  readonly retry: () => void;
}

/**
 * Opens the conversation that the address names, and closes it when the address names another. A layout effect: what is
 * at hand is open before the first paint.
 */
export function useOpening(name: string, open: (name: string) => AppThunk<Promise<string>>): Opening {
  const dispatch = useAppDispatch();
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState<{ name: string; error: unknown }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt opens it again
  useLayoutEffect(() => {
    let wanted = true;
    setFailed(undefined);
    dispatch(open(name)).catch((error: unknown) => {
      if (wanted) setFailed({ name, error });
    });
    return () => {
      wanted = false;
    };
  }, [dispatch, open, name, attempt]);
  useLayoutEffect(() => () => void dispatch(closeConversation()), [dispatch]);
  return {
    error: failed?.name === name ? failed.error : undefined,
    retry: useCallback(() => setAttempt((count) => count + 1), []),
  };
}
