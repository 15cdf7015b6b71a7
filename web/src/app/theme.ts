/** What the user chose for this browser; `system` follows the system. */
export type Theme = 'system' | 'light' | 'dark';

/** Also read by public/theme.js, which runs before the first paint. */
const STORAGE_KEY = 'ping-me.theme';

const listeners = new Set<() => void>();

/** The choice as the document shows it. */
export function currentTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

/** Shows the choice at once, in every tab, and keeps it. */
export function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // Storage is full or forbidden: the choice then holds until the page goes.
  }
  show(theme);
}

/** Calls back on each change, those of other tabs too; gives the function that ends it. */
export function followTheme(onChange: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key !== STORAGE_KEY) return;
    show(event.newValue === 'light' || event.newValue === 'dark' ? event.newValue : 'system');
  };
  listeners.add(onChange);
  addEventListener('storage', onStorage);
  return () => {
    listeners.delete(onChange);
    removeEventListener('storage', onStorage);
  };
}
