import type { ReactNode } from 'react';
import styles from './Address.module.css';

/** Addresses and hashes in full. */
export function Mono({ children }: { readonly children: ReactNode }) {
  return <span className={styles.mono}>{children}</span>;
}
