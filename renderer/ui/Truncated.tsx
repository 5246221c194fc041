import { Tooltip } from './Tooltip.tsx';
import styles from './Truncated.module.css';

/** One line of a name people chose; cut where it does not fit, whole on hover. */
export function Truncated({ text }: { readonly text: string }) {
  return (
    <Tooltip content={text}>
      <span className={styles.text}>{text}</span>
    </Tooltip>
  );
}
