import { useState } from 'react';
import type { MarketRow } from '../../../shared/contract/market-view.ts';
import { QUOTE_DECIMALS, QUOTES, type Quote } from '../../../shared/domain/market.ts';
import { parseDecimal } from '../../../shared/format/numbers.ts';
import { useSettings } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Segmented } from '../../ui/Segmented.tsx';

/** A price typed by the user: first of all sources, until it is taken away. */
export function ManualPrice({ row }: { readonly row: MarketRow }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t('market.manual.set')}
      </Button>
      {isOpen && <ManualPriceDialog row={row} onClose={() => setOpen(false)} />}
    </>
  );
}

interface ManualPriceDialogProps {
  readonly row: MarketRow;
  readonly onClose: () => void;
}

function ManualPriceDialog({ row, onClose }: ManualPriceDialogProps) {
  const { t } = useText();
  const { asset } = row.asset;
  const { manualEthUsd, manualPrices } = useSettings();
  const command = useCommand('market.setManual');
  const showUndo = useUndoToast();
  const typed = manualPrices[asset];
  const [quote, setQuote] = useState<Quote>(typed?.quote ?? 'USD');
  const [text, setText] = useState('');
  const [hasTried, setHasTried] = useState(false);
  const isSet = asset === 'ETH' ? manualEthUsd !== null : typed !== undefined;
  const quotes = QUOTES.filter((one) => one !== asset && (asset !== 'ETH' || one === 'USD'));
  const read = parseDecimal(text, QUOTE_DECIMALS[quote]);
  const problem = read.ok ? (read.value === 0n ? 'zero' : null) : read.problem;
  const save = async (value: bigint | null) => {
    const price = value === null ? null : { quote, value };
    const outcome = await command.run({ asset, price });
    if (!outcome.ok) return;
    onClose();
    showUndo(t(price === null ? 'market.manual.cleared' : 'market.manual.saved', { asset }));
  };
  const submit = () => {
    setHasTried(true);
    if (read.ok && problem === null) void save(read.value);
  };
  return (
    <Dialog
      title={t('market.manual.title', { asset })}
      lead={t('market.manual.lead')}
      isOpen
      onClose={onClose}
      actions={
        <>
          {isSet && <Button onClick={() => void save(null)}>{t('market.manual.clear')}</Button>}
          <Button onClick={onClose}>{t('shell.cancel')}</Button>
          <Button variant="primary" isBusy={command.isRunning} onClick={submit}>
            {t('market.manual.save')}
          </Button>
        </>
      }
    >
      <NumberField
        label={t('market.manual.label', { asset })}
        value={text}
        onChange={setText}
        onEnter={submit}
        unit={quote}
        error={hasTried && problem !== null ? t(`settings.price.problem.${problem}`) : null}
      />
      {quotes.length > 1 && (
        <Segmented
          label={t('market.manual.quote')}
          value={quote}
          onChange={setQuote}
          options={quotes.map((value) => ({ value, label: value }))}
        />
      )}
      {command.error && <ErrorNotice error={command.error} />}
    </Dialog>
  );
}
