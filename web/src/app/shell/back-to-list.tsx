import { ChevronLeft } from 'lucide-react';
import { Link } from 'react-router';
import styles from './back-to-list.module.css';

/** Where there is one pane at a time: back to the list of conversations. */
export function BackToList() {
  return (
    <Link to="/" className={styles.back} aria-label="Back to conversations">
      <ChevronLeft size={24} aria-hidden="true" />
    </Link>
  );
}
