// Runs before the first paint, so that a chosen theme never flashes in the system's colours. app/theme.ts writes the key.
try {
  const theme = localStorage.getItem('ping-me.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden here: the system's choice stands.
}
