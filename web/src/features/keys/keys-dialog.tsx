import { Dialog } from '../../components/dialog.tsx';
import { APPLE, COMMAND_KEY, Keys } from '../../components/keys.tsx';
import styles from './keys-dialog.module.css';

const ALT = APPLE ? '⌥' : 'Alt';

const SHORTCUTS: readonly { readonly does: string; readonly keys: readonly string[] }[] = [
  { does: 'Find people and channels', keys: [COMMAND_KEY, 'K'] },
  { does: 'Previous or next conversation', keys: [ALT, '↑ ↓'] },
  { does: 'Previous or next unread conversation', keys: [ALT, 'Shift', '↑ ↓'] },
  { does: 'Next part of the page', keys: ['F6'] },
  { does: 'Previous part of the page', keys: ['Shift', 'F6'] },
  { does: 'Send the message', keys: ['Enter'] },
  { does: 'Break the line', keys: ['Shift', 'Enter'] },
  { does: 'Close a panel or dialog', keys: ['Esc'] },
  { does: 'This list', keys: [COMMAND_KEY, '/'] },
];

/** Every shortcut. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className={styles.list}>
        {SHORTCUTS.map(({ does, keys }) => (
          <div key={does} className={styles.shortcut}>
            <dt>{does}</dt>
            <dd>
              <Keys keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
