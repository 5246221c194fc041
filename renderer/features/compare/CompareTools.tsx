import { Columns3, FileDown } from 'lucide-react';
import { memo, type Ref } from 'react';
import { FACT_STATUSES, PROTOCOL_KINDS } from '../../../shared/domain/catalog.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { MultiSelectField } from '../../ui/MultiSelectField.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { COLUMN_IDS, FIRST_COLUMNS, orderColumns, type ColumnId } from './compareColumns.ts';
import styles from './CompareTools.module.css';
import { readMaxDays, type CompareFilter } from './filterRows.ts';

interface CompareToolsProps {
  readonly filter: CompareFilter;
  readonly onFilter: (filter: CompareFilter) => void;
  readonly columns: readonly ColumnId[];
  readonly onColumns: (columns: readonly ColumnId[]) => void;
  readonly onExport: () => void;
  readonly isExporting: boolean;
  readonly searchRef: Ref<HTMLInputElement>;
}

/** Search, filters, columns and the file, above the table. Not drawn again where only the table changes. */
export const CompareTools = memo(function CompareTools(props: CompareToolsProps) {
  const { filter, onFilter, columns, onColumns, onExport, isExporting, searchRef } = props;
  const { t } = useText();
  const change = (part: Partial<CompareFilter>) => onFilter({ ...filter, ...part });
  const summarize = (count: number): string =>
    count === 0 ? t('compare.filter.any') : t('compare.filter.several', { count });
  const isTypedWrong = filter.maxExitDays.trim() !== '' && readMaxDays(filter.maxExitDays) === null;
  return (
    <div className={styles.tools}>
      <div className={styles.search}>
        <TextField
          label={t('compare.filter.search')}
          isLabelHidden
          value={filter.text}
          onChange={(text) => change({ text })}
          placeholder={t('compare.filter.placeholder')}
          maxLength={100}
          inputRef={searchRef}
        />
      </div>
      <Segmented
        label={t('compare.filter.asset')}
        value={filter.asset}
        onChange={(asset) => change({ asset })}
        options={[
          { value: 'all', label: t('compare.filter.all') },
          { value: 'ETH', label: 'ETH' },
          { value: 'BTC', label: 'BTC' },
          { value: 'mixed', label: t('catalog.asset.mixed') },
        ]}
      />
      <MultiSelectField
        label={t('compare.filter.kind')}
        isInline
        values={filter.kinds}
        onChange={(kinds) => change({ kinds })}
        options={PROTOCOL_KINDS.map((kind) => ({ value: kind, label: t(`catalog.kind.${kind}`) }))}
        summary={summarize(filter.kinds.length)}
      />
      <MultiSelectField
        label={t('compare.filter.status')}
        isInline
        values={filter.statuses}
        onChange={(statuses) => change({ statuses })}
        options={FACT_STATUSES.map((status) => ({
          value: status,
          label: t(`catalog.status.${status}`),
          hint: t(`catalog.statusHint.${status}`),
        }))}
        summary={summarize(filter.statuses.length)}
      />
      <div className={styles.days}>
        <NumberField
          label={t('compare.filter.maxExitDays')}
          isInline
          unit={t('compare.filter.maxExitUnit')}
          value={filter.maxExitDays}
          maxLength={7}
          onChange={(maxExitDays) => change({ maxExitDays })}
          error={isTypedWrong ? t('compare.filter.maxExitError') : null}
        />
      </div>
      <Button
        aria-pressed={filter.isHeldOnly}
        variant={filter.isHeldOnly ? 'primary' : 'default'}
        onClick={() => change({ isHeldOnly: !filter.isHeldOnly })}
      >
        {t('compare.filter.held')}
      </Button>
      <div className={styles.end}>
        <Popover
          align="end"
          title={t('compare.filter.columnsTitle')}
          trigger={
            <Button icon={Columns3} variant="quiet">
              {t('compare.filter.columns')}
            </Button>
          }
        >
          <ColumnChoice columns={columns} onColumns={onColumns} />
        </Popover>
        <IconButton
          icon={FileDown}
          label={t('compare.export.action')}
          disabled={isExporting}
          onClick={onExport}
        />
      </div>
    </div>
  );
});

function ColumnChoice({ columns, onColumns }: Pick<CompareToolsProps, 'columns' | 'onColumns'>) {
  const { t } = useText();
  const toggle = (id: ColumnId, isShown: boolean) =>
    onColumns(orderColumns(isShown ? [...columns, id] : columns.filter((shown) => shown !== id)));
  return (
    <>
      <ul className={styles.choice}>
        {COLUMN_IDS.map((id) => (
          <li key={id}>
            <label className={styles.column} title={t(`compare.columnHint.${id}`)}>
              <input
                type="checkbox"
                checked={columns.includes(id)}
                onChange={({ currentTarget }) => toggle(id, currentTarget.checked)}
              />
              {t(`compare.column.${id}`)}
            </label>
          </li>
        ))}
      </ul>
      <Button size="sm" onClick={() => onColumns(FIRST_COLUMNS)}>
        {t('compare.filter.columnsReset')}
      </Button>
    </>
  );
}
