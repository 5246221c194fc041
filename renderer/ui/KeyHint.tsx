import { formatShortcut, type Shortcut } from '../registry/shortcuts.ts';
import { usePlatform } from '../state/platform.ts';
import styles from './KeyHint.module.css';

/** The keys of a shortcut, as they stand on this machine's keyboard. */
export function KeyHint({ shortcut }: { readonly shortcut: Shortcut }) {
  const platform = usePlatform();
  return <KeyBoxes keys={formatShortcut(shortcut, platform)} />;
}

/** Keys as they are printed, each in its box. */
export function KeyBoxes({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className={styles.keys}>
      {keys.map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
