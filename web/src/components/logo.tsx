import styles from './logo.module.css';

interface LogoProps {
  /** Edge in CSS pixels. */
  readonly size: number;
}

/** The mark: waves going out from a point. Decorative; the product's name stands beside it or is the page's heading. */
export function Logo({ size }: LogoProps) {
  return (
    <svg className={styles.logo} width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect className={styles.ground} width="32" height="32" rx="8" />
      <path className={styles.wave} d="M11 14.2a6.8 6.8 0 0 1 6.8 6.8M11 8.2A12.8 12.8 0 0 1 23.8 21" />
      <circle className={styles.point} cx="11.4" cy="20.6" r="3" />
    </svg>
  );
}
