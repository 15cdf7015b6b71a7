import { useState } from 'react';
import styles from './avatar.module.css';
import { classes } from './classes.ts';

interface AvatarProps {
  readonly userId: string;
  readonly firstName: string;
  readonly lastName: string;
  /** An https address; absent: the initials are drawn. */
  readonly picture?: string | undefined;
  readonly size: 'small' | 'medium' | 'large';
}

const GROUNDS = [
  styles.ground0,
  styles.ground1,
  styles.ground2,
  styles.ground3,
  styles.ground4,
  styles.ground5,
  styles.ground6,
  styles.ground7,
  styles.ground8,
  styles.ground9,
  styles.ground10,
  styles.ground11,
];

/** FNV-1a, so that a person has the same colour on every page and device. */
function groundOf(userId: string): string | undefined {
  let hash = 0x811c9dc5;
  for (let i = 0; i < userId.length; i += 1) hash = Math.imul(hash ^ userId.charCodeAt(i), 0x01000193);
  return GROUNDS[(hash >>> 0) % GROUNDS.length];
}

function initialOf(name: string): string {
  const segment = new Intl.Segmenter().segment(name.trim())[Symbol.iterator]().next();
  return segment.done ? '' : segment.value.segment.toUpperCase();
}

/** A person's picture or initials. Decorative: the name always stands beside it. */
export function Avatar({ userId, firstName, lastName, picture, size }: AvatarProps) {
  const [broken, setBroken] = useState<string>();
  if (picture !== undefined && picture !== broken) {
    return (
      <img
        className={classes(styles.avatar, styles[size])}
        src={picture}
        alt=""
        loading="lazy"
        decoding="async"
        referrerPolicy="no-referrer"
        onError={() => setBroken(picture)}
      />
    );
  }
  return (
    <span className={classes(styles.avatar, styles[size], groundOf(userId))} aria-hidden="true">
      {initialOf(firstName) + initialOf(lastName) || initialOf(userId)}
    </span>
  );
}
