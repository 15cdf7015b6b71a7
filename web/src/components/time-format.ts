const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const fullTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const dayOfYear = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dayWithYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

/** The hour and minute in the reader's zone and manner. */
export function formatTime(iso: string): string {
  return timeOfDay.format(new Date(iso));
}

/** Everything about the moment, to the second. */
export function formatFullTime(iso: string): string {
  return fullTime.format(new Date(iso));
}

/** A number that is the same for two moments of one day in the reader's zone, and differs by 1 between neighbours. */
export function dayNumber(iso: string | Date): number {
  const date = new Date(iso);
  // Noon in UTC of the local calendar day: days of 23 or 25 hours do not matter.
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate(), 12) / 86_400_000);
}

/** "Today", "Yesterday", or the date, with its year where that is not this one. */
export function formatDay(iso: string, now: Date): string {
  const age = dayNumber(now) - dayNumber(iso);
  if (age === 0) return 'Today';
  if (age === 1) return 'Yesterday';
  const date = new Date(iso);
  return (date.getFullYear() === now.getFullYear() ? dayOfYear : dayWithYear).format(date);
}
