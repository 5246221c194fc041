import { FileInput, Sheet, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Portfolio } from '../../../shared/domain/account.ts';
import type { HistoryImportResult, HistoryView } from '../../../shared/domain/history/history-view.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { useJobCommand } from '../../state/jobs.ts';
import { readTextFile } from '../../state/readTextFile.ts';
import { useHideAmounts } from '../../state/settings.ts';
import { useShowsJobEnd } from '../../state/shownJobs.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './FilesPanel.module.css';

interface FilesPanelProps {
  readonly portfolio: Portfolio;
  readonly imports: HistoryView['imports'];
  readonly hasHistory: boolean;
}

/** The history out of the program as a file, and files of it in. */
export function FilesPanel({ portfolio, imports, hasHistory }: FilesPanelProps) {
  const { t } = useText();
  const isSample = portfolio.kind === 'sample';
  return (
    <Panel title={t('history.files.title')} hint={t('history.files.hint')}>
      <div className={styles.buttons}>
        <ExportButton portfolioId={portfolio.id} isReady={hasHistory} />
        {!isSample && <ImportButton portfolioId={portfolio.id} />}
      </div>
      {isSample && <p className={styles.hint}>{t('history.files.sampleFixed')}</p>}
      {imports.length > 0 && (
        <ul className={styles.list} aria-label={t('history.files.list')}>
          {imports.map((entry) => (
            <ImportRow key={entry.id} portfolioId={portfolio.id} entry={entry} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ExportButton({ portfolioId, isReady }: { readonly portfolioId: string; readonly isReady: boolean }) {
  const { t } = useText();
  const isHidden = useHideAmounts();
  const { start, isRunning, job, error } = useJobCommand('history.export');
  const [isAsking, setAsking] = useState(false);
  useShowsJobEnd('history', isRunning);
  const save = () => void start({ portfolioId });
  return (
    <>
      <Button
        icon={Sheet}
        disabled={!isReady || isRunning}
        isBusy={isRunning}
        onClick={() => (isHidden ? setAsking(true) : save())}
      >
        {t('history.files.export')}
      </Button>
      {job?.state === 'done' && (
        <span className={styles.outcome} role="status">
          <StateWord tone="confirmed">{t('history.files.saved')}</StateWord>{' '}
          {job.resultId ?? t('history.files.downloaded')}
        </span>
      )}
      {error !== null && error.code !== 'cancelled' && <ErrorNotice error={error} onRetry={save} />}
      <ConfirmDialog
        title={t('history.files.hiddenTitle')}
        body={t('history.files.hiddenBody')}
        confirmLabel={t('history.files.hiddenConfirm')}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={save}
      />
    </>
  );
}

function ImportButton({ portfolioId }: { readonly portfolioId: string }) {
  const { t } = useText();
  const picker = useRef<HTMLInputElement>(null);
  const importing = useCommand('history.import');
  const [problem, setProblem] = useState<AppError | null>(null);
  const showUndo = useUndoToast();
  const tell = (file: string, { added, same, different }: HistoryImportResult) => {
    const left = same + different;
    const kept = left === 0 ? '' : ` ${t('history.files.kept', { count: left })}`;
    const differ = different === 0 ? '' : ` ${t('history.files.differ', { count: different })}`;
    if (added > 0) showUndo(`${t('history.files.imported', { count: added, file })}.${kept}${differ}`);
    else toast({ title: t('history.files.nothingNew', { file }), body: `${kept}${differ}`.trim() });
  };
  const offer = async (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    const read = await readTextFile(file);
    if (!read.ok) {
      setProblem(new AppError('bad-history-file', t(`history.files.${read.problem}`)));
      return;
    }
    const outcome = await importing.run({ portfolioId, name: file.name.slice(-200), text: read.text });
    if (outcome.ok) tell(file.name, outcome.value);
  };
  const error = problem ?? importing.error;
  return (
    <>
      <Button icon={FileInput} isBusy={importing.isRunning} onClick={() => picker.current?.click()}>
        {t('history.files.import')}
      </Button>
      <input
        ref={picker}
        type="file"
        accept="text/csv,.csv"
        hidden
        aria-label={t('history.files.import')}
        onChange={(event) => {
          void offer(event.target.files?.[0]);
          // The same file can be chosen again after it was corrected.
          event.target.value = '';
        }}
      />
      {error !== null && (
        <div className={styles.error}>
          <ErrorNotice error={error} />
        </div>
      )}
    </>
  );
}

interface ImportRowProps {
  readonly portfolioId: string;
  readonly entry: HistoryView['imports'][number];
}

function ImportRow({ portfolioId, entry }: ImportRowProps) {
  const { t, locale } = useText();
  const removal = useCommand('history.removeImport');
  const showUndo = useUndoToast();
  const { id, file, count, importedAt } = entry;
  const remove = async () => {
    const outcome = await removal.run({ portfolioId, importId: id });
    if (outcome.ok) showUndo(t('history.files.removed', { file }));
    else toast({ title: t('error.not-found'), body: outcome.error.message, tone: 'loss' });
  };
  return (
    <li className={styles.row}>
      <span className={styles.file}>{file}</span>
      <span className={styles.hint}>
        {t('history.files.row', { count, date: formatDate(importedAt, locale) })}
      </span>
      <IconButton
        icon={Trash2}
        size="sm"
        label={t('history.files.remove', { file })}
        disabled={removal.isRunning}
        onClick={() => void remove()}
      />
    </li>
  );
}
