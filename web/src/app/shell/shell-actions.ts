import { createContext, useContext } from 'react';

/** What the frame of the page can do, for the places inside it. */
export interface ShellActions {
  readonly onCreateChannel: () => void;
  readonly onFindPeople: () => void;
}

export const ShellActionsContext = createContext<ShellActions | null>(null);

/** Only inside of the shell. */
export function useShellActions(): ShellActions {
  const actions = useContext(ShellActionsContext);
  if (actions === null) throw new Error('useShellActions is used outside of the shell');
  return actions;
}
