import { Truncated } from '../../ui/Truncated.tsx';
import styles from './NameCell.module.css';

/** A name in a table: as wide as most names need, the whole of a longer one on hover. */
export function NameCell({ text }: { readonly text: string }) {
  return (
    <span className={styles.name}>
      <Truncated text={text} />
    </span>
  );
}
