import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Disclosure.module.css';

interface DisclosureProps {
  /** Always in view; a press shows the rest. */
  readonly summary: ReactNode;
  readonly children: ReactNode;
}

/** Something said in one line, with more for whoever wants it. */
export function Disclosure({ summary, children }: DisclosureProps) {
  return (
    <details className={styles.disclosure}>
      <summary className={styles.summary}>
        <ChevronRight size={14} strokeWidth={1.75} aria-hidden className={styles.chevron} />
        <span className={styles.text}>{summary}</span>
      </summary>
      <div className={styles.body}>{children}</div>
    </details>
  );
}
