import { memo, useMemo, useState } from 'react';
import type { Catalog } from '../../../shared/domain/catalog.ts';
import { rankProtocols, weightSensitivity } from '../../../shared/domain/score/rank-protocols.ts';
import type { ProtocolRank, ProtocolScore, RankSensitivity } from '../../../shared/domain/score/score.ts';
import type { Translate } from '../../../shared/text/text.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { TableColumn } from '../../ui/tableModel.ts';
import { Truncated } from '../../ui/Truncated.tsx';
import styles from './RankingPanel.module.css';
import { ScoreDetail } from './ScoreDetail.tsx';
import { ScoreDot } from './ScoreDot.tsx';
import { useSettled } from './useSettled.ts';

interface RankingPanelProps {
  readonly scores: readonly ProtocolScore[];
  /** By protocol id. */
  readonly names: ReadonlyMap<string, string>;
  readonly sources: Catalog['sources'];
}

interface RankLine {
  /** Place among the scores. */
  readonly index: number;
  readonly name: string;
  readonly score: ProtocolScore;
  readonly rank: ProtocolRank;
}

const SHOWN_AT_FIRST = 40;
const REST_MS = 250;

/** Protocols by score, each with the ranks that are possible, and what the order owes to the weights. */
export const RankingPanel = memo(function RankingPanel({ scores, names, sources }: RankingPanelProps) {
  const { t } = useText();
  const [areAllShown, showAll] = useState(false);
  const rested = useSettled(scores, REST_MS);
  const sensitivities = useMemo(() => (rested === null ? null : weightSensitivity(rested)), [rested]);
  const lines = useMemo(() => listLines(scores, names), [scores, names]);
  const columns = useMemo(() => createColumns(t, sensitivities), [t, sensitivities]);
  const shown = areAllShown ? lines : lines.slice(0, SHOWN_AT_FIRST);
  return (
    <Panel title={t('compare.scoring.ranking')} hint={t('compare.scoring.rankingHint')} isFlush>
      <DataTable
        label={t('compare.scoring.table')}
        rows={shown}
        columns={columns}
        rowId={({ score }) => score.protocolId}
        initialSort={{ id: 'rank', isDescending: false }}
        renderDetail={({ name, score }) => <ScoreDetail name={name} score={score} sources={sources} />}
        maxHeight="none"
      />
      {shown.length < lines.length && (
        <div className={styles.more}>
          <Button size="sm" onClick={() => showAll(true)}>
            {t('compare.scoring.more', { count: lines.length })}
          </Button>
        </div>
      )}
    </Panel>
  );
});

function listLines(
  scores: readonly ProtocolScore[],
  names: ReadonlyMap<string, string>,
): readonly RankLine[] {
  const ranks = rankProtocols(scores);
  return scores
    .flatMap((score, index): RankLine[] => {
      const rank = ranks[index];
      if (rank === undefined) return [];
      return [{ index, name: names.get(score.protocolId) ?? score.protocolId, score, rank }];
    })
    .toSorted((a, b) => a.rank.rank - b.rank.rank);
}

/** Sensitivities are null while they are worked out: that takes longer than a picture, and waits for the weights to rest. */
function createColumns(
  t: Translate,
  sensitivities: readonly RankSensitivity[] | null,
): readonly TableColumn<RankLine>[] {
  const sensitivityOf = ({ index }: RankLine): RankSensitivity | null => sensitivities?.[index] ?? null;
  const nameRange = (best: number, worst: number): string =>
    best === worst ? String(best) : t('compare.scoring.rankRange', { best, worst });
  return [
    {
      id: 'protocol',
      header: t('compare.scoring.protocol'),
      cell: ({ name }) => (
        <span className={styles.name}>
          <Truncated text={name} />
        </span>
      ),
      sortValue: ({ name }) => name,
    },
    {
      id: 'rank',
      header: t('compare.scoring.rank'),
      hint: t('compare.scoring.rankHint'),
      cell: ({ rank }) => (
        <span className={styles.rank}>
          <strong>{rank.rank}</strong>
          <span className={styles.quiet}>{nameRange(rank.best, rank.worst)}</span>
        </span>
      ),
      sortValue: ({ rank }) => rank.rank,
      copyValue: ({ rank }) => `${rank.rank} (${nameRange(rank.best, rank.worst)})`,
    },
    {
      id: 'score',
      header: t('compare.scoring.score'),
      hint: t('compare.columnHint.score'),
      cell: ({ score }) => <ScoreDot score={score.score} />,
      sortValue: ({ score }) => score.score.mid,
      copyValue: ({ score }) => `${Math.round(score.score.low)} to ${Math.round(score.score.high)}`,
    },
    {
      id: 'moved',
      header: t('compare.scoring.moved'),
      hint: t('compare.scoring.movedHint'),
      cell: nameMoved,
      sortValue: (line) => {
        const sensitivity = sensitivityOf(line);
        return sensitivity === null ? null : sensitivity.worst - sensitivity.best;
      },
      copyValue: nameMoved,
    },
    {
      id: 'sensitive',
      header: t('compare.scoring.sensitive'),
      hint: t('compare.scoring.sensitiveHint'),
      cell: nameSensitive,
      sortValue: nameSensitive,
      copyValue: nameSensitive,
    },
  ];

  function nameMoved(line: RankLine): string {
    const sensitivity = sensitivityOf(line);
    return sensitivity === null
      ? t('compare.scoring.workingOut')
      : nameRange(sensitivity.best, sensitivity.worst);
  }

  function nameSensitive(line: RankLine): string {
    const sensitivity = sensitivityOf(line);
    if (sensitivity === null) return t('compare.scoring.workingOut');
    const { mostSensitive } = sensitivity;
    return mostSensitive === null ? t('compare.scoring.stays') : t(`score.dimension.${mostSensitive}`);
  }
}
