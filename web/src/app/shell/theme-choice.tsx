import { useSyncExternalStore } from 'react';
import { Choice } from '../../components/choice.tsx';
import { chooseTheme, currentTheme, followTheme } from '../theme.ts';

const OPTIONS = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const;

/** Light, dark, or as the system says. */
export function ThemeChoice() {
  const theme = useSyncExternalStore(followTheme, currentTheme);
  return <Choice legend="Theme" options={OPTIONS} value={theme} onChange={chooseTheme} />;
}
