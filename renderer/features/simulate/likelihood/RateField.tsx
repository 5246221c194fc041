import { RotateCcw } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { describeRate, formatRate } from '../../../../shared/format/likelihood.ts';
import { useText } from '../../../state/text.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import styles from './RateField.module.css';
import { readRate, writeRate } from './readRate.ts';

interface RateFieldProps {
  readonly label: string;
  readonly backLabel: string;
  readonly rate: number;
  readonly isEdited: boolean;
  /** What can be entered. */
  readonly limits: { readonly min: number; readonly max: number };
  readonly onChange: (rate: number) => void;
  readonly onBack: () => void;
}

type Note = 'clamped' | 'notNumber' | null;

/** Times a year. Taken over with Enter or on leaving the field; Escape puts back what was there. */
export function RateField({ label, backLabel, rate, isEdited, limits, onChange, onBack }: RateFieldProps) {
  const { t, locale } = useText();
  const noteId = useId();
  // Null while nothing is being typed: the field then shows the rate as it is.
  const [typed, setTyped] = useState<string | null>(null);
  const [note, setNote] = useState<Note>(null);
  const shown = writeRate(rate);

  const take = () => {
    if (typed === null || typed === shown) {
      setTyped(null);
      return;
    }
    const read = readRate(typed, limits);
    if (!read.ok) {
      setNote('notNumber');
      return;
    }
    setTyped(null);
    setNote(read.isClamped ? 'clamped' : null);
    onChange(read.rate);
  };
  const handleKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      take();
    }
    if (event.key === 'Escape' && typed !== null) {
      event.stopPropagation();
      setTyped(null);
      setNote(null);
    }
  };
  const noteText =
    note === null
      ? null
      : t(`likelihood.numbers.${note}`, {
          min: formatRate(limits.min, locale),
          max: formatRate(limits.max, locale),
        });
  return (
    <div>
      <span className={styles.line}>
        <span className={styles.box} data-invalid={note === 'notNumber' || undefined}>
          <input
            className={styles.input}
            aria-label={label}
            aria-invalid={note === 'notNumber'}
            aria-describedby={noteText === null ? undefined : noteId}
            inputMode="decimal"
            autoComplete="off"
            maxLength={20}
            value={typed ?? shown}
            onChange={(event) => {
              setTyped(event.target.value);
              setNote(null);
            }}
            onFocus={(event) => event.target.select()}
            onBlur={take}
            onKeyDown={handleKey}
          />
          <span className={styles.unit}>{t('likelihood.numbers.perYear')}</span>
        </span>
        {isEdited && (
          <IconButton
            icon={RotateCcw}
            size="sm"
            label={backLabel}
            onClick={() => {
              setTyped(null);
              setNote(null);
              onBack();
            }}
          />
        )}
        <span className={styles.words}>{describeRate(rate, t, locale)}</span>
      </span>
      {noteText !== null && (
        <p id={noteId} className={note === 'notNumber' ? styles.problem : styles.note} role="status">
          {noteText}
        </p>
      )}
    </div>
  );
}
