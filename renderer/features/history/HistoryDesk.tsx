import type { PortfolioView } from '../../../shared/contract/methods.ts';
import type { Portfolio } from '../../../shared/domain/account.ts';
import type { HistoryView } from '../../../shared/domain/history/history-view.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { RefreshButton } from '../positions/RefreshButton.tsx';
import { AttributionPanel } from './AttributionPanel.tsx';
import { FilesPanel } from './FilesPanel.tsx';
import { HistoryChart } from './HistoryChart.tsx';
import { HistoryControls } from './HistoryControls.tsx';
import styles from './HistoryDesk.module.css';
import { HistoryNotes } from './HistoryNotes.tsx';
import { useHistoryChoice, useHistoryInput, type HistoryChoice } from './historyState.ts';

const HEIGHT = 380;

/** Value over time in full: lines, what moved them, and files. */
export function HistoryDesk({ view }: { readonly view: PortfolioView }) {
  const { portfolio } = view;
  const [choice, change] = useHistoryChoice();
  // How far it reaches is needed before a range can be asked for.
  const all = useQuery('history.view', useHistoryInput(portfolio.id, { ...choice, range: 'all' }, null));
  const span = all.data?.span ?? null;
  const input = useHistoryInput(portfolio.id, choice, span);
  const history = useQuery('history.view', all.data === undefined ? null : input);
  const shown = choice.range === 'all' ? all : history;
  return (
    <QueryView query={shown} skeleton={<DeskSkeleton />}>
      {(data) =>
        data.span === null ? (
          <NoHistory view={view} />
        ) : (
          <Desk portfolio={portfolio} history={data} choice={choice} onChange={change} />
        )
      }
    </QueryView>
  );
}

function DeskSkeleton() {
  return (
    <div className={styles.desk}>
      <Panel>
        <Skeleton height={HEIGHT} />
      </Panel>
      <Panel>
        <Skeleton lines={8} height={20} />
      </Panel>
    </div>
  );
}

function NoHistory({ view }: { readonly view: PortfolioView }) {
  const { t } = useText();
  return (
    <div className={styles.desk}>
      <Panel>
        <EmptyState
          title={t('history.empty.title')}
          body={t('history.empty.body')}
          action={view.accounts.length > 0 ? <RefreshButton view={view} isPrimary /> : undefined}
        />
      </Panel>
      <FilesPanel portfolio={view.portfolio} imports={[]} hasHistory={false} />
    </div>
  );
}

interface DeskProps {
  readonly portfolio: Portfolio;
  readonly history: HistoryView;
  readonly choice: HistoryChoice;
  readonly onChange: (change: Partial<HistoryChoice>) => void;
}

function Desk({ portfolio, history, choice, onChange }: DeskProps) {
  const { t } = useText();
  return (
    <div className={styles.desk}>
      <HistoryControls choice={choice} onChange={onChange} />
      <Panel
        title={t('history.chart.title')}
        hint={t(`history.basisHint.${history.basis}`)}
        actions={
          choice.groupBy === 'total' ? undefined : (
            <Segmented
              label={t('history.drawAs')}
              value={choice.drawAs}
              onChange={(drawAs) => onChange({ drawAs })}
              options={(['stacked', 'lines'] as const).map((value) => ({
                value,
                label: t(`history.drawings.${value}`),
              }))}
            />
          )
        }
      >
        <DeskChart
          history={history}
          isStacked={choice.drawAs === 'stacked'}
          onAll={() => onChange({ range: 'all' })}
        />
        <HistoryNotes view={history} />
      </Panel>
      <AttributionPanel view={history} />
      <FilesPanel portfolio={portfolio} imports={history.imports} hasHistory />
    </div>
  );
}

interface DeskChartProps {
  readonly history: HistoryView;
  readonly isStacked: boolean;
  readonly onAll: () => void;
}

function DeskChart({ history, isStacked, onAll }: DeskChartProps) {
  const { t, locale } = useText();
  const { span, times, series, total, currency } = history;
  if (times.length === 0 && span !== null) {
    const range = { from: formatDate(span.from, locale), to: formatDate(span.to, locale) };
    return (
      <EmptyState
        title={t('history.empty.range')}
        body={t('history.empty.rangeBody', range)}
        action={<Button onClick={onAll}>{t('history.empty.rangeAction')}</Button>}
      />
    );
  }
  if (series.length === 0 && total.values.every((value) => value === null)) {
    return <EmptyState title={t('history.chart.noValue', { currency })} />;
  }
  return (
    <>
      {times.length === 1 && <p className={styles.single}>{t('history.chart.single')}</p>}
      <HistoryChart view={history} isStacked={isStacked} height={HEIGHT} />
    </>
  );
}
