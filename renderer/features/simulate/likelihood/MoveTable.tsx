import { useMemo } from 'react';
import type { KeptStudy } from '../../../../shared/domain/kept-study.ts';
import type { MoveResult } from '../../../../shared/domain/loss-study.ts';
import {
  findSet,
  makeChangeFigures,
  makeRowFigures,
  type ChangeFigures,
} from '../../../../shared/domain/study-figures.ts';
import { listStudyRows, type StudyRow } from '../../../../shared/domain/study-rows.ts';
import { formatChance, formatEstimate, labelRow, nameHorizon } from '../../../../shared/format/likelihood.ts';
import type { Translate } from '../../../../shared/text/text.ts';
import { useHideAmounts } from '../../../state/settings.ts';
import { useText } from '../../../state/text.ts';
import { joinClasses } from '../../../ui/classes.ts';
import { DataTable } from '../../../ui/DataTable.tsx';
import { copyFigure } from '../../../ui/figureText.ts';
import { FigureValue } from '../../../ui/FigureValue.tsx';
import type { TableColumn } from '../../../ui/tableModel.ts';
import styles from './MoveTable.module.css';
import { RowName } from './ResultPanel.tsx';
import { useShownSet } from './SetToggle.tsx';
import { useFormatEstimate } from './useFormatEstimate.ts';
import type { NameHeld } from './WhoPanel.tsx';

interface MoveLine extends ChangeFigures {
  readonly id: string;
  readonly row: StudyRow;
}

interface MoveTableProps {
  readonly kept: KeptStudy;
  readonly result: MoveResult;
  readonly nameHeld: NameHeld;
  /** A newer question is on its way: what is shown answers the one before. */
  readonly isOutdated: boolean;
}

export function MoveTable({ kept, result, nameHeld, isOutdated }: MoveTableProps) {
  const { t, locale } = useText();
  const format = useFormatEstimate();
  const isHidden = useHideAmounts();
  const [set] = useShownSet();
  const lines = useMemo(() => listLines(kept, result, set, t), [kept, result, set, t]);
  const columns = useMemo(() => createColumns(t, locale, isHidden), [t, locale, isHidden]);
  const { fromPositionId, toPositionId, amount } = result.move;
  const gone = t('likelihood.name.gone');
  return (
    <div className={joinClasses(isOutdated && styles.outdated)} aria-busy={isOutdated || undefined}>
      <p className={styles.caption}>
        {t('likelihood.move.caption', {
          amount: format(amount),
          from: nameHeld(fromPositionId) ?? gone,
          to: toPositionId === null ? t('likelihood.move.toEthShort') : (nameHeld(toPositionId) ?? gone),
        })}
      </p>
      <DataTable
        label={t('likelihood.move.tableLabel', { set: t(`likelihood.setLower.${set}`) })}
        rows={lines}
        columns={columns}
        rowId={({ id }) => id}
        maxHeight="none"
      />
    </div>
  );
}

function listLines(
  { study }: KeptStudy,
  { sets }: MoveResult,
  set: MoveResult['sets'][number]['set'],
  t: Translate,
): readonly MoveLine[] {
  const moved = sets.find((entry) => entry.set === set);
  if (!moved) return [];
  const subject = t('likelihood.subject', {
    set: t(`likelihood.set.${set}`),
    horizon: nameHorizon(study.request.horizonYears, t),
  });
  const before = makeRowFigures(findSet(study, set).distribution, subject, null);
  const changes = makeChangeFigures(moved, before, subject);
  return listStudyRows(moved.after).flatMap((row) => {
    const figures = changes.get(row.id);
    return figures ? [{ id: row.id, row, ...figures }] : [];
  });
}

function createColumns(t: Translate, locale: string, isHidden: boolean): readonly TableColumn<MoveLine>[] {
  const figureColumn = (id: 'before' | 'after' | 'change') =>
    ({
      id,
      header: t(`likelihood.move.${id}`),
      align: 'end',
      cell: (line) => <FigureValue figure={line[id]} isBare={line.row.kind !== 'chance'} />,
      copyValue: (line) => copyFigure(line[id]),
    }) satisfies TableColumn<MoveLine>;
  const writeError = ({ row, standardError }: MoveLine): string => {
    if (standardError === null || isHidden) return '';
    const error =
      row.kind === 'chance'
        ? formatChance(standardError, { locale })
        : formatEstimate(standardError, { locale, isBare: true });
    return t('likelihood.move.plusMinus', { error });
  };
  return [
    {
      id: 'figure',
      header: t('likelihood.result.figure'),
      cell: ({ row }) => <RowName row={row} />,
      copyValue: ({ row }) => {
        const { label, tag } = labelRow(row, t);
        return tag === '' ? label : `${label} (${tag})`;
      },
    },
    figureColumn('before'),
    figureColumn('after'),
    {
      ...figureColumn('change'),
      hint: t('likelihood.move.changeHint'),
      cell: (line) => (
        <span className={styles.change}>
          <FigureValue figure={line.change} isBare={line.row.kind !== 'chance'} />
          <span className={styles.error}>{writeError(line)}</span>
        </span>
      ),
    },
  ];
}
