import { selectNotificationPermission } from '../../app/state/preferences-selectors.ts';
import type { NotificationState } from '../../app/state/preferences-slice.ts';
import { askForNotifications } from '../../app/state/preferences-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';

const SENTENCES: Readonly<Record<NotificationState, string>> = {
  default: 'Your browser can tell you of a direct message while you look elsewhere.',
  granted: 'Your browser tells you of direct messages while you look elsewhere.',
  denied: 'Notifications are blocked. Allow them for this site in your browser’s settings.',
  unsupported: 'This browser has no notifications.',
};

/** Whether direct messages are notified, and the way to have them so. Never asked unprompted. */
export function NotificationsSection() {
  const dispatch = useAppDispatch();
  const permission = useAppSelector(selectNotificationPermission);
  return (
    <>
      <p>{SENTENCES[permission]}</p>
      {permission === 'default' && (
        <div>
          <Button onClick={() => void dispatch(askForNotifications())}>Notify me of direct messages</Button>
        </div>
      )}
    </>
  );
}
