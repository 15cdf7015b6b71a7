import { classes } from './classes.ts';
import styles from './skeleton.module.css';

interface SkeletonProps {
  readonly rows: number;
  /** `person`: picture and two lines. `line`: a row of the side bar. */
  readonly kind: 'person' | 'line';
  /** What is being loaded, for those who listen. */
  readonly label: string;
}

const WIDTHS = [styles.w1, styles.w2, styles.w3, styles.w4];

/** Grey shapes of the size that what comes will have, so that nothing jumps when it comes. */
export function Skeleton({ rows, kind, label }: SkeletonProps) {
  return (
    <div role="status" aria-label={label} className={styles.skeleton}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={row} className={classes(styles.row, styles[kind])} aria-hidden="true">
          <span className={styles.picture} />
          <span className={styles.lines}>
            <span className={classes(styles.bar, styles.head)} />
            <span className={classes(styles.bar, WIDTHS[row % WIDTHS.length])} />
          </span>
        </div>
      ))}
    </div>
  );
}
