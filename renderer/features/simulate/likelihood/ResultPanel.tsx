import { useMemo } from 'react';
import type { Figure } from '../../../../shared/domain/figure.ts';
import type { KeptStudy } from '../../../../shared/domain/kept-study.ts';
import { PARAMETER_SETS, type ParameterSet } from '../../../../shared/domain/loss-distribution.ts';
import { findSet, makeRowFigures } from '../../../../shared/domain/study-figures.ts';
import { listStudyRows, type StudyRow } from '../../../../shared/domain/study-rows.ts';
import { describeScope, describeStudy, labelRow, nameHorizon } from '../../../../shared/format/likelihood.ts';
import { formatBlock } from '../../../../shared/format/numbers.ts';
import { formatAge } from '../../../../shared/format/time.ts';
import type { Translate } from '../../../../shared/text/text.ts';
import { useHideAmounts } from '../../../state/settings.ts';
import { useText } from '../../../state/text.ts';
import { useNow } from '../../../state/useNow.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { DataTable } from '../../../ui/DataTable.tsx';
import { copyFigure } from '../../../ui/figureText.ts';
import { FigureValue } from '../../../ui/FigureValue.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import type { TableColumn } from '../../../ui/tableModel.ts';
import styles from './ResultPanel.module.css';
import { useFormatEstimate } from './useFormatEstimate.ts';

interface ResultLine {
  readonly id: string;
  readonly row: StudyRow;
  readonly figures: Readonly<Record<ParameterSet, Figure | undefined>>;
}

interface ResultPanelProps {
  readonly kept: KeptStudy;
  /** What the study was made of; null where that is no longer what is held. */
  readonly bookEth: Figure | null;
}

/** The answer in a sentence, and every figure under the three sets of numbers. */
export function ResultPanel({ kept, bookEth }: ResultPanelProps) {
  const { t, locale } = useText();
  const format = useFormatEstimate();
  const isHidden = useHideAmounts();
  const now = useNow(30_000);
  const { study, madeAt } = kept;
  const { base, others } = describeStudy(study, t, format);
  const lines = useMemo(() => listLines(kept, bookEth, t), [kept, bookEth, t]);
  const columns = useMemo(() => createColumns(t), [t]);
  const sentence = [base, others].filter((part) => part !== null).join(' ');
  const made = t('likelihood.result.madeAt', {
    age: formatAge(madeAt, now, locale),
    block: formatBlock(study.blockNumber, locale),
  });
  const simulated = t('likelihood.result.simulated', {
    paths: new Intl.NumberFormat(locale).format(study.request.paths),
    seed: study.request.seed,
  });
  return (
    <Panel
      title={t('likelihood.result.title')}
      hint={`${made} · ${simulated}`}
      isFlush
      actions={!isHidden && <CopyButton text={sentence} label={t('likelihood.result.copySentence')} />}
    >
      <div className={styles.words}>
        <p className={styles.sentence}>{base}</p>
        {others !== null && <p className={styles.others}>{others}</p>}
        <p className={styles.scope}>{describeScope(study, t)}</p>
      </div>
      <DataTable
        label={t('likelihood.result.tableLabel')}
        rows={lines}
        columns={columns}
        rowId={({ id }) => id}
        maxHeight="none"
      />
    </Panel>
  );
}

function listLines({ study }: KeptStudy, bookEth: Figure | null, t: Translate): readonly ResultLine[] {
  const horizon = nameHorizon(study.request.horizonYears, t);
  const figuresOf = (set: ParameterSet) =>
    makeRowFigures(
      findSet(study, set).distribution,
      t('likelihood.subject', { set: t(`likelihood.set.${set}`), horizon }),
      bookEth,
    );
  const [calm, base, stressed] = [figuresOf('calm'), figuresOf('base'), figuresOf('stressed')];
  return listStudyRows(findSet(study, 'base').distribution).map((row) => ({
    id: row.id,
    row,
    figures: { calm: calm.get(row.id), base: base.get(row.id), stressed: stressed.get(row.id) },
  }));
}

function createColumns(t: Translate): readonly TableColumn<ResultLine>[] {
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
    ...PARAMETER_SETS.map((set): TableColumn<ResultLine> => ({
      id: set,
      header: t(`likelihood.set.${set}`),
      hint: t(`likelihood.setHint.${set}`),
      align: 'end',
      cell: ({ row, figures }) => {
        const figure = figures[set];
        return figure && <FigureValue figure={figure} isBare={row.kind !== 'chance'} />;
      },
      copyValue: ({ figures }) => (figures[set] ? copyFigure(figures[set]) : ''),
    })),
  ];
}

/** In plain words, with the term of the trade behind it. */
export function RowName({ row }: { readonly row: StudyRow }) {
  const { t } = useText();
  const { label, tag } = labelRow(row, t);
  return (
    <span className={styles.name}>
      {label}
      {tag !== '' && <span className={styles.tag}>{tag}</span>}
    </span>
  );
}
