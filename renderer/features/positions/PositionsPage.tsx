import { Plus, Users } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { formatBlock } from '../../../shared/format/numbers.ts';
import { findLatestRun } from '../../../shared/domain/scenario-figures.ts';
import { findSecret } from '../../../shared/domain/secrets.ts';
import { usePageState } from '../../state/pageState.ts';
import { usePortfolioView } from '../../state/portfolio.ts';
import { navigate, useRoute } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Page } from '../../ui/Page.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { toast } from '../../ui/toast.ts';
import { ReadingNotices } from '../exposure/ReadingNotices.tsx';
import { AccountsSheet } from './AccountsSheet.tsx';
import { AddAccountDialog } from './AddAccountDialog.tsx';
import { NoticesPanel } from './NoticesPanel.tsx';
import { collectNames, ExposureNamesContext } from './exposureNames.ts';
import { buildPositionRows, filterRows, GROUPINGS, type Grouping } from './positionRows.ts';
import styles from './PositionsPage.module.css';
import { PositionsTable } from './PositionsTable.tsx';
import { RefreshButton } from './RefreshButton.tsx';
import { SampleDialog } from './SampleDialog.tsx';

export function PositionsPage() {
  const { t } = useText();
  const view = usePortfolioView();
  const { params } = useRoute();
  const [areAccountsOpen, setAccountsOpen] = useState(false);
  // Opened by the route, so that the palette and the first steps lead here; closing drops the parameter.
  const isAdding = params['add'] === 'account';
  const startAdding = () => navigate('positions', { add: 'account' });
  const stopAdding = () => navigate('positions');
  const { data } = view;
  const isSample = data?.portfolio.kind === 'sample';
  return (
    <Page
      title={t('positions.title')}
      lead={t('positions.lead')}
      actions={
        data && (
          <>
            <Button icon={Users} onClick={() => setAccountsOpen(true)}>
              {t('positions.accounts')}
            </Button>
            {/* Until something was read, the page's own first step offers it. */}
            {data.freshness.kind === 'read' && <RefreshButton view={data} />}
            <Button variant={isSample ? 'default' : 'primary'} icon={Plus} onClick={startAdding}>
              {t('positions.addAccount')}
            </Button>
          </>
        )
      }
    >
      <QueryView query={view} skeleton={<TableSkeleton />}>
        {(loaded) => <PositionsBody view={loaded} onAdd={startAdding} />}
      </QueryView>
      {data && (
        <>
          <AccountsSheet
            view={data}
            isOpen={areAccountsOpen}
            onClose={() => setAccountsOpen(false)}
            onAdd={startAdding}
          />
          {isSample ? (
            <SampleDialog isOpen={isAdding} onClose={stopAdding} />
          ) : (
            <AddAccountDialog view={data} isOpen={isAdding} onClose={stopAdding} />
          )}
        </>
      )}
    </Page>
  );
}

function TableSkeleton() {
  return (
    <Panel>
      <Skeleton lines={9} height={20} />
    </Panel>
  );
}

interface PositionsBodyProps {
  readonly view: PortfolioView;
  readonly onAdd: () => void;
}

function PositionsBody({ view, onAdd }: PositionsBodyProps) {
  const { t } = useText();
  const { accounts, freshness } = view;
  if (accounts.length === 0 && view.positions.length === 0) {
    return (
      <Panel>
        <EmptyState
          title={t('positions.empty.noAccountTitle')}
          body={t('positions.empty.noAccountBody')}
          action={
            <Button variant="primary" icon={Plus} onClick={onAdd}>
              {t('positions.addAccount')}
            </Button>
          }
        />
      </Panel>
    );
  }
  if (freshness.kind === 'never') {
    return (
      <>
        {freshness.error && <ErrorNotice error={freshness.error} tone="caution" />}
        <Panel>
          <EmptyState
            title={t('positions.empty.neverTitle')}
            body={t('positions.empty.neverBody')}
            action={<RefreshButton view={view} isPrimary />}
          />
        </Panel>
      </>
    );
  }
  return (
    <>
      <ReadingNotices view={view} />
      <ReadPositions view={view} freshness={freshness} />
      <NoticesPanel notices={view.notices} />
    </>
  );
}

interface ReadPositionsProps {
  readonly view: PortfolioView;
  readonly freshness: Extract<PortfolioView['freshness'], { kind: 'read' }>;
}

function ReadPositions({ view, freshness }: ReadPositionsProps) {
  const { t, locale } = useText();
  const { params } = useRoute();
  const portfolioId = view.portfolio.id;
  const openId = params['position'] ?? null;
  const exposure = useQuery('portfolios.exposure', { portfolioId });
  const runs = useQuery('runs.list', { portfolioId });
  const [filter, setFilter] = usePageState('positions.filter', '');
  const [grouping, setGrouping] = usePageState<Grouping>('positions.group', 'none');
  const allRows = useMemo(
    () => buildPositionRows(view, exposure.data ?? null, findLatestRun(runs.data ?? [])),
    [view, exposure.data, runs.data],
  );
  const rows = useMemo(
    () => filterRows(allRows, filter, (state) => t(`figure.state.${state}`)),
    [allRows, filter, t],
  );
  const names = useMemo(() => collectNames(exposure.data), [exposure.data]);
  useEffect(() => {
    if (openId === null) return;
    // A link leads to its row, whatever was filtered before.
    setFilter('');
    document.querySelector(`tr[data-row="${CSS.escape(openId)}"]`)?.scrollIntoView({ block: 'center' });
  }, [openId, setFilter]);
  const block = freshness.origin.block;
  if (allRows.length === 0) {
    return (
      <Panel>
        <EmptyState
          title={t('positions.empty.nothingTitle')}
          body={t('positions.empty.nothingBody', { block: formatBlock(block.number, locale) })}
        />
      </Panel>
    );
  }
  const typeFilter = (text: string) => {
    const secret = findSecret(text, 'search');
    setFilter(secret === null ? text : '');
    if (secret !== null) {
      toast({ title: t('positions.add.refused'), body: t(`secret.${secret}`), tone: 'loss' });
    }
  };
  return (
    <section className={styles.panel} aria-label={t('positions.table.label')}>
      <div className={styles.tools}>
        <div className={styles.filter}>
          <TextField
            label={t('positions.filter.label')}
            isLabelHidden
            value={filter}
            onChange={typeFilter}
            placeholder={t('positions.filter.placeholder')}
          />
        </div>
        <SelectField<Grouping>
          label={t('positions.group.label')}
          isInline
          value={grouping}
          onChange={setGrouping}
          options={GROUPINGS.map((value) => ({ value, label: t(`positions.group.${value}`) }))}
        />
      </div>
      <ExposureNamesContext value={names}>
        <PositionsTable
          key={openId}
          rows={rows}
          allCount={allRows.length}
          grouping={grouping}
          total={view.totals.bookEth}
          readIn={freshness.origin}
          openId={openId}
          empty={
            <EmptyState
              title={t('positions.filter.nothing', { text: filter })}
              body={t('positions.filter.nothingBody')}
              action={<Button onClick={() => setFilter('')}>{t('positions.filter.clear')}</Button>}
            />
          }
        />
      </ExposureNamesContext>
    </section>
  );
}
