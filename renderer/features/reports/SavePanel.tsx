import { Braces, FileText, Sheet, type LucideIcon } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { ReportFormat } from '../../../shared/domain/report.ts';
import type { Action } from '../../registry/action.ts';
import { useActions } from '../../registry/useActions.ts';
import { useJobCommand } from '../../state/jobs.ts';
import { useShowsJobEnd } from '../../state/shownJobs.ts';
import { useHideAmounts } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SaveOutcome } from './SaveOutcome.tsx';
import styles from './SavePanel.module.css';

interface SavePanelProps {
  readonly portfolioId: string;
  /** Null leaves the scenario out; undefined while it is not known which there are. */
  readonly runId: string | null | undefined;
}

const FORMATS: readonly { readonly format: ReportFormat; readonly icon: LucideIcon }[] = [
  { format: 'pdf', icon: FileText },
  { format: 'csv', icon: Sheet },
  { format: 'json', icon: Braces },
];

/** Saves the report; asks first where amounts are hidden, because a file shows them all. */
export function SavePanel({ portfolioId, runId }: SavePanelProps) {
  const { t } = useText();
  const info = useQuery('app.info', {}).data;
  const isHidden = useHideAmounts();
  const command = useJobCommand('reports.export');
  const [format, setFormat] = useState<ReportFormat | null>(null);
  const [asked, setAsked] = useState<ReportFormat | null>(null);
  const { start, isRunning } = command;
  useShowsJobEnd('report', isRunning);

  const save = useCallback(
    (chosen: ReportFormat) => {
      if (runId === undefined) return;
      setFormat(chosen);
      void start({ portfolioId, runId, format: chosen });
    },
    [start, portfolioId, runId],
  );
  const request = useCallback(
    (chosen: ReportFormat) => {
      if (isHidden) setAsked(chosen);
      else save(chosen);
    },
    [isHidden, save],
  );
  const canPrint = info?.canPrint !== false;
  const isReady = runId !== undefined && !isRunning;
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'reports.save-pdf',
        title: (tKey) => tKey('reports.screen.save.action'),
        group: 'page',
        shortcut: 'Mod+P',
        keywords: 'print export paper',
        isEnabled: () => isReady && canPrint,
        run: () => request('pdf'),
      },
    ],
    [isReady, canPrint, request],
  );
  useActions(actions);

  return (
    <Panel title={t('reports.screen.save.title')}>
      <ul className={styles.formats}>
        {FORMATS.map(({ format: entry, icon }) => {
          const isBlocked = entry === 'pdf' && !canPrint;
          return (
            <li key={entry} className={styles.format}>
              <div className={styles.line}>
                <Button
                  variant={entry === 'pdf' ? 'primary' : 'default'}
                  icon={icon}
                  disabled={isBlocked || !isReady}
                  isBusy={isRunning && format === entry}
                  onClick={() => request(entry)}
                >
                  {t(`reports.screen.save.${entry}`)}
                </Button>
                {entry === 'pdf' && canPrint && <KeyHint shortcut="Mod+P" />}
              </div>
              <p className={isBlocked ? styles.blocked : styles.hint}>
                {isBlocked ? t('reports.screen.save.cannotPrint') : t(`reports.screen.save.${entry}Hint`)}
              </p>
            </li>
          );
        })}
      </ul>
      <SaveOutcome command={command} onRetry={() => format !== null && save(format)} />
      <ConfirmDialog
        title={t('reports.screen.hidden.askTitle')}
        body={t('reports.screen.hidden.askBody')}
        confirmLabel={t('reports.screen.hidden.askConfirm')}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => asked !== null && save(asked)}
      />
    </Panel>
  );
}
