import { useText } from '../../state/text.ts';
import styles from './PercentInput.module.css';

interface PercentInputProps {
  /** As typed. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Id of the text that says what is wrong; null where nothing is. */
  readonly problemId: string | null;
}

/** A percentage in the line of a sentence; its problem is told beneath the sentence. */
export function PercentInput({ value, onChange, problemId }: PercentInputProps) {
  const { t } = useText();
  return (
    <span className={styles.box} data-invalid={problemId !== null || undefined}>
      <input
        className={styles.input}
        // As wide as what is typed: the sentence closes up behind it.
        style={{ width: `${Math.min(22, Math.max(3, value.length + 1))}ch` }}
        aria-label={t('simulate.edit.percent')}
        aria-invalid={problemId !== null}
        aria-describedby={problemId ?? undefined}
        inputMode="decimal"
        autoComplete="off"
        maxLength={40}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => event.target.select()}
      />
      <span className={styles.unit}>%</span>
    </span>
  );
}
