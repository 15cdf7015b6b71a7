import styles from './keys.module.css';

/** Whether this is Apple's keyboard, where ⌘ is what Ctrl is elsewhere. */
export const APPLE = typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.userAgent);

/** The name of the key that starts a shortcut. */
export const COMMAND_KEY = APPLE ? '⌘' : 'Ctrl';

/** Keys to press together. */
export function Keys({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className={styles.keys}>
      {keys.map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
