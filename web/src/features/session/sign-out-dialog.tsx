import { useState } from 'react';
import { selectUnsentCount } from '../../app/state/outbox-selectors.ts';
import { signOut } from '../../app/state/session-thunks.ts';
import { useAppDispatch, useAppSelector } from '../../app/store.ts';
import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';

/** Asks what becomes of unsent messages before the session ends. */
export function SignOutDialog({ onClose }: { readonly onClose: () => void }) {
  const dispatch = useAppDispatch();
  const unsent = useAppSelector(selectUnsentCount);
  const [busy, setBusy] = useState(false);
  const leave = (choice: 'keep' | 'discard') => {
    setBusy(true);
    void dispatch(signOut(choice));
  };
  return (
    <Dialog title="Sign out before everything is sent?" size="wide" onClose={onClose}>
      <p>
        {unsent === 1 ? 'One message has' : `${unsent} messages have`} not been sent yet. Kept in this
        browser, {unsent === 1 ? 'it goes' : 'they go'} out when you sign in here again; on a computer that
        others use, discard {unsent === 1 ? 'it' : 'them'}.
      </p>
      <DialogActions>
        <Button variant="primary" busy={busy} onClick={() => leave('keep')}>
          Keep and sign out
        </Button>
        <Button variant="danger" busy={busy} onClick={() => leave('discard')}>
          Discard and sign out
        </Button>
      </DialogActions>
    </Dialog>
  );
}
