import { FileInput } from 'lucide-react';
import { useRef, useState } from 'react';
import { AppError } from '../../../shared/contract/errors.ts';
import { readTextFile } from '../../state/readTextFile.ts';
import { useText } from '../../state/text.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { toast } from '../../ui/toast.ts';
import { ImportPricesDialog, type OfferedPrices } from './ImportPricesDialog.tsx';

interface ImportPricesProps {
  readonly asset: string;
  /** Whether anything of the asset was imported, so that it can be forgotten. */
  readonly hasImported: boolean;
  /** What went wrong last, for the panel to show: between the buttons there is no room for it. */
  readonly onProblem: (problem: AppError | null) => void;
}

/** The way in and out of prices as CSV. */
export function ImportPrices({ asset, hasImported, onProblem }: ImportPricesProps) {
  const { t } = useText();
  const picker = useRef<HTMLInputElement>(null);
  const [offered, setOffered] = useState<OfferedPrices | null>(null);
  const [isRemoving, setRemoving] = useState(false);
  const exporting = useCommand('market.export');
  const removal = useCommand('market.removeImported');
  const offer = async (file: File | undefined) => {
    if (!file) return;
    onProblem(null);
    const read = await readTextFile(file);
    if (read.ok) setOffered({ name: file.name.slice(-200), text: read.text });
    else onProblem(new AppError('bad-price-file', t(`market.files.${read.problem}`)));
  };
  const save = async () => {
    const outcome = await exporting.run({ asset: null });
    if (!outcome.ok) onProblem(outcome.error);
    else if (outcome.value.isSaved) toast({ title: t('market.files.exported'), tone: 'confirmed' });
  };
  const remove = async () => {
    setRemoving(false);
    const outcome = await removal.run({ asset });
    if (outcome.ok) toast({ title: t('market.files.removed', { asset }) });
    else onProblem(outcome.error);
  };
  return (
    <>
      <Button icon={FileInput} size="sm" onClick={() => picker.current?.click()}>
        {t('market.files.import')}
      </Button>
      <Button size="sm" variant="quiet" isBusy={exporting.isRunning} onClick={() => void save()}>
        {t('market.files.export')}
      </Button>
      {hasImported && (
        <Button size="sm" variant="quiet" onClick={() => setRemoving(true)}>
          {t('market.files.remove')}
        </Button>
      )}
      <ConfirmDialog
        title={t('market.files.removeAsk', { asset })}
        body={t('market.files.removeBody')}
        confirmLabel={t('market.files.remove')}
        isLoss
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        onConfirm={() => void remove()}
      />
      <input
        ref={picker}
        type="file"
        accept="text/csv,.csv"
        hidden
        aria-label={t('market.files.import')}
        onChange={(event) => {
          void offer(event.target.files?.[0]);
          // The same file can be chosen again after it was corrected.
          event.target.value = '';
        }}
      />
      {offered !== null && (
        <ImportPricesDialog offered={offered} asset={asset} onClose={() => setOffered(null)} />
      )}
    </>
  );
}
