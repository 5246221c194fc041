import { useEffect, useState } from 'react';
import { assetSchema, QUOTES, type Quote } from '../../../shared/domain/market.ts';
import type { PriceImport } from '../../../shared/contract/market-view.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { useText } from '../../state/text.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './ImportPricesDialog.module.css';

export interface OfferedPrices {
  readonly name: string;
  readonly text: string;
}

interface ImportPricesDialogProps {
  readonly offered: OfferedPrices;
  /** The asset in view, for a file that names none. */
  readonly asset: string;
  readonly onClose: () => void;
}

/** What a file of prices would change, before anything is written; or the line that is wrong with it. */
export function ImportPricesDialog({ offered, asset, onClose }: ImportPricesDialogProps) {
  const { t } = useText();
  const [typed, setTyped] = useState(asset);
  const [quote, setQuote] = useState<Quote>('USD');
  const [found, setFound] = useState<PriceImport | null>(null);
  const preview = useCommand('market.import');
  const importing = useCommand('market.import');
  const { run: runPreview } = preview;
  const parsed = assetSchema.safeParse(typed.trim());
  const chosen = parsed.success ? parsed.data : null;
  useEffect(() => {
    let isCurrent = true;
    void runPreview({ ...offered, asset: chosen, quote, isPreview: true }).then((outcome) => {
      if (isCurrent) setFound(outcome.ok ? outcome.value : null);
    });
    return () => {
      isCurrent = false;
    };
  }, [runPreview, offered, chosen, quote]);
  const confirm = async () => {
    const outcome = await importing.run({ ...offered, asset: chosen, quote, isPreview: false });
    if (!outcome.ok) return;
    onClose();
    toast({ title: t('market.files.done', { file: offered.name }), tone: 'confirmed' });
  };
  const error = importing.error ?? preview.error;
  return (
    <Dialog
      title={t('market.files.title')}
      lead={t('market.files.lead')}
      isOpen
      onClose={onClose}
      size="md"
      actions={
        <>
          <Button onClick={onClose}>{t('shell.cancel')}</Button>
          <Button
            variant="primary"
            disabled={found === null || preview.isRunning}
            isBusy={importing.isRunning}
            onClick={() => void confirm()}
          >
            {t('market.files.confirm')}
          </Button>
        </>
      }
    >
      <p className={styles.name}>{offered.name}</p>
      <p className={styles.hint}>{t('market.files.format')}</p>
      <div className={styles.fields}>
        <TextField label={t('market.files.asset')} value={typed} onChange={setTyped} maxLength={40} />
        <Segmented
          label={t('market.files.quote')}
          value={quote}
          onChange={setQuote}
          options={QUOTES.map((value) => ({ value, label: value }))}
        />
      </div>
      {error && <ErrorNotice error={error} />}
      {found !== null && error === null && <Preview found={found} />}
    </Dialog>
  );
}

function Preview({ found }: { readonly found: PriceImport }) {
  const { t, locale } = useText();
  const { added, replaced, unchanged, series } = found;
  return (
    <>
      <p className={styles.counts}>
        <strong>{t('market.files.added', { count: added })}</strong>
        <span>{t('market.files.replaced', { count: replaced })}</span>
        <span>{t('market.files.unchanged', { count: unchanged })}</span>
      </p>
      <ul className={styles.series}>
        {series.map(({ asset, quote, count, from, to }) => (
          <li key={`${asset} ${quote}`}>
            {t('market.files.series', {
              asset,
              quote,
              count,
              from: formatDate(from, locale),
              to: formatDate(to, locale),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}
