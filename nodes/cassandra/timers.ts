import type { DeployedNode } from './deployed-node.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Each node on a day of its own, two days apart in a ring of three: a repair keeps the other replicas busy too. UTC. */
export function repairCalendar({ number, addresses }: DeployedNode): string {
  const day = Math.floor(((number - 1) * WEEKDAYS.length) / addresses.length);
  return `${WEEKDAYS[day]} 03:00:00 UTC`;
}

/** All nodes within two hours, one after the other: a snapshot reads everything it copies. UTC. */
export function snapshotCalendar({ number, addresses }: DeployedNode): string {
  const minutes = Math.floor(((number - 1) * 120) / addresses.length);
  return `*-*-* ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00 UTC`;
}

/** A systemd timer that catches up at the next boot on what it missed. */
export function calendarTimer(description: string, calendar: string): string {
  return [
    '[Unit]',
    `Description=${description}`,
    '',
    '[Timer]',
    `OnCalendar=${calendar}`,
    'Persistent=yes',
    '',
    '[Install]',
    'WantedBy=timers.target',
    '',
  ].join('\n');
}
