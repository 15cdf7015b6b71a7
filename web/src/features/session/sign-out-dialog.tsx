import { useState } from 'react';
import { selectUnsentCount } from '../../app/state/outbox-selectors.ts';
import { signOut } from '../../app/state/session-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';

/** Asks before unsent messages are lost with the session. */
export function SignOutDialog({ onClose }: { readonly onClose: () => void }) {
  const dispatch = useAppDispatch();
  const unsent = useAppSelector(selectUnsentCount);
  const [busy, setBusy] = useState(false);
  return (
    <Dialog title="Sign out and lose what is not sent?" onClose={onClose}>
      <p>
        {unsent === 1 ? 'One message has' : `${unsent} messages have`} not been sent yet. Signing out wipes
        what this browser keeps of you, and {unsent === 1 ? 'it' : 'they'} would be gone.
      </p>
      <DialogActions>
        <Button
          variant="danger"
          busy={busy}
          onClick={() => {
            setBusy(true);
            void dispatch(signOut({ discardUnsent: true }));
          }}
        >
          Discard and sign out
        </Button>
        <Button onClick={onClose}>Stay signed in</Button>
      </DialogActions>
    </Dialog>
  );
}
