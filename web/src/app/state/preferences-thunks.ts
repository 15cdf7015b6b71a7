import type { AppThunk } from './app-thunk.ts';

/** Asks the browser for permission to show notifications; the state then says what was answered. */
export function askForNotifications(): AppThunk<Promise<void>> {
  return (_dispatch, _getState, services) => services.askForNotifications();
}
