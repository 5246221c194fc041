import styles from './InlineNumber.module.css';

interface InlineNumberProps {
  readonly label: string;
  /** Behind the number: `%`, `days`. */
  readonly unit: string;
  /** As typed. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Id of the text that says what is wrong; null where nothing is. */
  readonly problemId: string | null;
}

/** A number in the line of a sentence; its problem is told beneath the sentence. */
export function InlineNumber({ label, unit, value, onChange, problemId }: InlineNumberProps) {
  return (
    <span className={styles.box} data-invalid={problemId !== null || undefined}>
      <input
        className={styles.input}
        // As wide as what is typed: the sentence closes up behind it.
        style={{ width: `${Math.min(22, Math.max(3, value.length + 1))}ch` }}
        aria-label={label}
        aria-invalid={problemId !== null}
        aria-describedby={problemId ?? undefined}
        inputMode="decimal"
        autoComplete="off"
        maxLength={40}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => event.target.select()}
      />
      <span className={styles.unit}>{unit}</span>
    </span>
  );
}
