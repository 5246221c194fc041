import {
  HISTORY_BASES,
  HISTORY_CURRENCIES,
  HISTORY_GROUPINGS,
} from '../../../shared/domain/history/history-view.ts';
import { useText } from '../../state/text.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import styles from './HistoryControls.module.css';
import { HISTORY_RANGES } from './historyRange.ts';
import type { HistoryChoice } from './historyState.ts';

interface HistoryControlsProps {
  readonly choice: HistoryChoice;
  readonly onChange: (change: Partial<HistoryChoice>) => void;
}

export function CurrencyChoice({ choice, onChange }: HistoryControlsProps) {
  const { t } = useText();
  return (
    <Segmented
      label={t('history.currency')}
      value={choice.currency}
      onChange={(currency) => onChange({ currency })}
      options={HISTORY_CURRENCIES.map((value) => ({ value, label: t(`history.currencies.${value}`) }))}
    />
  );
}

/** What is drawn, of which time, in what. */
export function HistoryControls({ choice, onChange }: HistoryControlsProps) {
  const { t } = useText();
  return (
    <div className={styles.controls}>
      <Segmented
        label={t('history.range')}
        value={choice.range}
        onChange={(range) => onChange({ range })}
        options={HISTORY_RANGES.map((value) => ({ value, label: t(`history.ranges.${value}`) }))}
      />
      <CurrencyChoice choice={choice} onChange={onChange} />
      <SelectField
        label={t('history.groupBy')}
        isInline
        value={choice.groupBy}
        onChange={(groupBy) => onChange({ groupBy })}
        options={HISTORY_GROUPINGS.map((value) => ({ value, label: t(`history.groups.${value}`) }))}
      />
      <SelectField
        label={t('history.basis')}
        isInline
        value={choice.basis}
        onChange={(basis) => onChange({ basis })}
        options={HISTORY_BASES.map((value) => ({
          value,
          label: t(`history.bases.${value}`),
        }))}
      />
    </div>
  );
}
