import type { NotificationState } from './preferences-slice.ts';
import type { RootState } from './root-reducer.ts';

export const selectNotificationPermission = (state: RootState): NotificationState =>
  state.preferences.notifications;
