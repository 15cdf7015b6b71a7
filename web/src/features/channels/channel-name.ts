/** A channel's name as it is meant: a leading # goes, spaces between words become hyphens, capitals become small. */
export function channelNameFrom(text: string): string {
  return text.trim().replace(/^#/, '').toLowerCase().replace(/\s+/g, '-');
}
