import { useState } from 'react';
import { USD_UNIT } from '../../../shared/domain/figure.ts';
import { formatValue, toDecimalText } from '../../../shared/format/numbers.ts';
import { formatAge } from '../../../shared/format/time.ts';
import { useSettings } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { useNow } from '../../state/useNow.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { EntryPanel } from './EntryPanel.tsx';
import styles from './PriceSection.module.css';
import { readPrice } from './readPrice.ts';
import type { SettingSectionProps } from './settingSection.ts';

/** A price typed by hand, for where no feed answers. */
export function PriceSection({ entries }: SettingSectionProps) {
  const { t, locale } = useText();
  const { manualEthUsd } = useSettings();
  const update = useCommand('settings.update');
  const showUndo = useUndoToast();
  const now = useNow(30_000);
  const [draft, setDraft] = useState<string | null>(null);
  const [hasTried, setHasTried] = useState(false);
  const saved = manualEthUsd === null ? '' : toDecimalText(manualEthUsd.price, USD_UNIT.decimals);
  const typed = draft ?? saved;
  const read = readPrice(typed);
  const type = (text: string) => {
    setDraft(text);
    setHasTried(false);
    update.reset();
  };
  const save = async () => {
    setHasTried(true);
    if (!read.ok) return;
    // The main process puts its own clock on it.
    const outcome = await update.run({ manualEthUsd: { price: read.price, enteredAt: 0 } });
    if (!outcome.ok) return;
    setDraft(null);
    setHasTried(false);
    showUndo(t('settings.price.saved'));
  };
  const clear = async () => {
    const outcome = await update.run({ manualEthUsd: null });
    if (!outcome.ok) return;
    setDraft(null);
    showUndo(t('settings.price.cleared'));
  };
  const isMistake = !read.ok && (hasTried || (read.problem !== 'empty' && draft !== null));
  return (
    <EntryPanel entries={entries}>
      <div className={styles.form}>
        <div className={styles.field}>
          <NumberField
            label={t('settings.price.label')}
            value={typed}
            onChange={type}
            onEnter={() => void save()}
            unit={USD_UNIT.symbol}
            error={isMistake ? t(`settings.price.problem.${read.problem}`) : null}
          />
        </div>
        <Button
          variant={draft !== null && draft !== saved ? 'primary' : 'default'}
          disabled={draft === null || draft === saved}
          isBusy={update.isRunning}
          onClick={() => void save()}
        >
          {t('settings.price.save')}
        </Button>
        {manualEthUsd !== null && (
          <Button variant="quiet" onClick={() => void clear()}>
            {t('settings.price.clear')}
          </Button>
        )}
      </div>
      <p className={styles.note}>
        {manualEthUsd === null
          ? t('settings.price.none')
          : t('settings.price.current', {
              price: formatValue(manualEthUsd.price, USD_UNIT, { locale }),
              age: formatAge(manualEthUsd.enteredAt, now, locale),
            })}
      </p>
      {update.error && <ErrorNotice error={update.error} />}
    </EntryPanel>
  );
}
