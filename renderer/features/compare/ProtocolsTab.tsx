import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { CatalogView } from '../../../shared/contract/catalog-view.ts';
import type { ProtocolScore } from '../../../shared/domain/score/score.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import type { CompareRow } from './compareRows.ts';
import { CompareTable } from './CompareTable.tsx';
import { CompareTools } from './CompareTools.tsx';
import { CorrectionsPanel } from './CorrectionsPanel.tsx';
import { describeFilters } from './describeFilters.ts';
import { filterCompareRows, NO_FILTER, sortCompareRows } from './filterRows.ts';
import { ProtocolDetail } from './ProtocolDetail.tsx';
import styles from './ProtocolsTab.module.css';
import type { CompareState } from './useCompareState.ts';
import { useTableExport } from './useTableExport.ts';

interface ProtocolsTabProps {
  readonly view: CatalogView;
  readonly rows: readonly CompareRow[];
  readonly scores: ReadonlyMap<string, ProtocolScore>;
  readonly state: CompareState;
  /** What the palette asked of the table; done once, and then taken back. */
  readonly asked: 'search' | 'file' | null;
  readonly onAsked: () => void;
  readonly onShowScore: () => void;
}

/** All protocols, and what is commonly misreported about them. */
export function ProtocolsTab(props: ProtocolsTabProps) {
  const { view, rows, scores, state, asked, onAsked, onShowScore } = props;
  const { t } = useText();
  const { filter, setFilter, sort, columns } = state;
  const search = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => sortCompareRows(filterCompareRows(rows, filter), sort), [rows, filter, sort]);
  const file = useTableExport();
  const { save } = file;
  const latest = useRef({ shown, columns });
  useEffect(() => {
    latest.current = { shown, columns };
  }, [shown, columns]);
  /** What is shown when it is pressed. */
  const saveShown = useCallback(() => save(latest.current.shown, latest.current.columns), [save]);
  useEffect(() => {
    if (asked === null) return;
    if (asked === 'search') search.current?.focus();
    else saveShown();
    onAsked();
  }, [asked, onAsked, saveShown]);
  const isNothingHeld = filter.isHeldOnly && rows.every(({ held }) => held.length === 0);
  return (
    <div className={styles.tab}>
      {file.error !== null && file.error.code !== 'cancelled' && <ErrorNotice error={file.error} />}
      <section className={styles.panel} aria-label={t('compare.table.label')}>
        <CompareTools
          filter={filter}
          onFilter={setFilter}
          columns={columns}
          onColumns={state.setColumns}
          onExport={saveShown}
          isExporting={file.isRunning}
          searchRef={search}
        />
        {shown.length === 0 ? (
          <EmptyState
            title={t(isNothingHeld ? 'compare.filter.nothingHeld' : 'compare.filter.nothing')}
            body={t('compare.filter.nothingBody', {
              filters: describeFilters(filter, t),
              all: rows.length,
            })}
            action={<Button onClick={() => setFilter(NO_FILTER)}>{t('compare.filter.clear')}</Button>}
          />
        ) : (
          <CompareTable
            rows={shown}
            allCount={rows.length}
            columns={columns}
            sort={sort}
            onSort={state.setSort}
            open={state.open}
            onOpen={state.setOpen}
            pins={state.pins}
            canPin={state.canPin}
            onPin={state.togglePin}
            renderDetail={(row, column) => (
              <ProtocolDetail
                key={row.protocol.id}
                view={view}
                row={row}
                score={scores.get(row.protocol.id) ?? null}
                column={column}
                onShowScore={onShowScore}
              />
            )}
          />
        )}
      </section>
      <CorrectionsPanel catalog={view.catalog} />
    </div>
  );
}
