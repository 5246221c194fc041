import { X } from 'lucide-react';
import { useMemo } from 'react';
import { usePageState } from '../../state/pageState.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SearchSelect } from '../../ui/SearchSelect.tsx';
import { SwitchField } from '../../ui/SwitchField.tsx';
import { joinClasses } from '../../ui/classes.ts';
import type { CompareRow } from './compareRows.ts';
import { ComparisonPanel } from './ComparisonPanel.tsx';
import { DifferenceWord } from './DifferenceWord.tsx';
import { FactStatusWord } from './FactStatusMark.tsx';
import { listSideRows, type SideCell, type SideRow } from './sideRows.ts';
import { ScoreDot } from './ScoreDot.tsx';
import styles from './SidesTab.module.css';
import type { CompareState } from './useCompareState.ts';

interface SidesTabProps {
  readonly rows: readonly CompareRow[];
  readonly pinned: readonly CompareRow[];
  readonly state: CompareState;
  readonly onBack: () => void;
}

/** Two to four protocols, fact by fact, with what differs marked; and what the engine says of them. */
export function SidesTab({ rows, pinned, state, onBack }: SidesTabProps) {
  const { t, locale } = useText();
  const [isOnlyDifferent, setOnlyDifferent] = usePageState('compare.onlyDifferences', false);
  const lines = useMemo(() => listSideRows(pinned, t, locale), [pinned, t, locale]);
  const free = rows.filter((row) => !pinned.includes(row));
  if (pinned.length === 0) {
    return (
      <Panel>
        <EmptyState
          title={t('compare.sides.none')}
          body={t('compare.sides.noneBody')}
          action={<Button onClick={onBack}>{t('compare.sides.back')}</Button>}
        />
      </Panel>
    );
  }
  const shown = isOnlyDifferent ? lines.filter(({ difference }) => difference !== 'same') : lines;
  const count = (difference: SideRow['difference']): number =>
    lines.filter((line) => line.difference === difference).length;
  return (
    <div className={styles.tab}>
      <Panel
        title={t('compare.sides.title')}
        isFlush
        hint={
          pinned.length === 1
            ? t('compare.sides.oneBody')
            : t('compare.sides.summary', {
                differs: count('differs') + count('overlaps'),
                same: count('same'),
                incomplete: count('incomplete') + count('unknown'),
              })
        }
        actions={
          <>
            {pinned.length > 1 && (
              <SwitchField
                label={t('compare.sides.onlyDifferences')}
                value={isOnlyDifferent}
                onChange={setOnlyDifferent}
              />
            )}
            {state.canPin && (
              <div className={styles.add}>
                <SearchSelect
                  label={t('compare.sides.add')}
                  isLabelHidden
                  value={null}
                  placeholder={t('compare.sides.addPlaceholder')}
                  onChange={state.togglePin}
                  options={free.map(({ protocol }) => ({ value: protocol.id, label: protocol.name }))}
                />
              </div>
            )}
          </>
        }
      >
        <div className={styles.scroller}>
          <table className={styles.table} aria-label={t('compare.sides.label')}>
            <thead>
              <tr>
                <th scope="col" className={joinClasses(styles.head, styles.frozen)}>
                  {t('compare.sides.fact')}
                </th>
                {pinned.map(({ protocol, score, held }) => (
                  <th key={protocol.id} scope="col" className={styles.head}>
                    <span className={styles.headLine}>
                      <span className={styles.name} title={protocol.name}>
                        {protocol.name}
                      </span>
                      {held.length > 0 && <span className={styles.held}>{t('compare.table.held')}</span>}
                      <IconButton
                        icon={X}
                        size="sm"
                        label={t('compare.sides.remove', { name: protocol.name })}
                        onClick={() => state.togglePin(protocol.id)}
                      />
                    </span>
                    <ScoreDot score={score} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((line) => (
                <tr key={line.id} className={styles.row}>
                  <th scope="row" className={joinClasses(styles.cell, styles.frozen)}>
                    <span className={styles.fact}>{line.name}</span>
                    {pinned.length > 1 && <DifferenceWord difference={line.difference} />}
                  </th>
                  {line.cells.map((cell, index) => (
                    <td key={pinned[index]?.protocol.id ?? index} className={styles.cell}>
                      <SideCellView cell={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {shown.length === 0 && <p className={styles.none}>{t('compare.sides.noDifference')}</p>}
        </div>
      </Panel>
      <ComparisonPanel pinned={pinned} />
    </div>
  );
}

function SideCellView({ cell }: { readonly cell: SideCell }) {
  const { t } = useText();
  const { text, figure, status, asOf, missing, measured } = cell;
  if (text === null && figure === null) {
    return <span className={styles.missing}>{t(`compare.cell.${missing}`)}</span>;
  }
  return (
    <>
      {figure !== null && <p className={styles.figure}>{figure}</p>}
      {text !== null && <p className={figure === null ? undefined : styles.words}>{text}</p>}
      {measured !== undefined && (
        <p className={styles.words}>
          {t(`compare.cell.feeHint.${measured.fee}`)}: {measured.label}.
        </p>
      )}
      <p className={styles.marks}>
        {status !== null && <FactStatusWord status={status} />}
        {asOf !== null && <span>{t('compare.cell.asOf', { date: asOf })}</span>}
      </p>
    </>
  );
}
