import type { FactStatus } from '../../../shared/domain/catalog.ts';
import { useText } from '../../state/text.ts';
import { joinClasses } from '../../ui/classes.ts';
import styles from './FactStatusMark.module.css';

interface FactStatusMarkProps {
  readonly status: FactStatus;
  /** Read out, where the word does not stand beside it. */
  readonly label?: string | undefined;
}

/** The shape of a status: full, hollow, split, dashed. One element, because tables are full of them. */
export function FactStatusMark({ status, label }: FactStatusMarkProps) {
  return (
    <span
      className={joinClasses(styles.mark, styles[status], styles[`${status}Shape`])}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined || undefined}
    />
  );
}

interface StatusTextProps {
  readonly status: FactStatus;
  readonly word: string;
  readonly hint: string;
}

/** Shape and word, for many at once: the words are handed in. */
export function StatusText({ status, word, hint }: StatusTextProps) {
  return (
    <span className={joinClasses(styles.word, styles[status])} title={hint}>
      <FactStatusMark status={status} />
      {word}
    </span>
  );
}

/** Shape and word. */
export function FactStatusWord({ status }: { readonly status: FactStatus }) {
  const { t } = useText();
  return (
    <StatusText
      status={status}
      word={t(`catalog.status.${status}`)}
      hint={t(`catalog.statusHint.${status}`)}
    />
  );
}
