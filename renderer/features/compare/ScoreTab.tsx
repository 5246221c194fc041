import { useMemo } from 'react';
import type { Catalog } from '../../../shared/domain/catalog.ts';
import type { ProtocolScore } from '../../../shared/domain/score/score.ts';
import { useText } from '../../state/text.ts';
import { Panel } from '../../ui/Panel.tsx';
import { RankingPanel } from './RankingPanel.tsx';
import styles from './ScoreTab.module.css';
import type { CompareState } from './useCompareState.ts';
import { WeightsPanel } from './WeightsPanel.tsx';

interface ScoreTabProps {
  readonly catalog: Catalog;
  readonly scores: readonly ProtocolScore[];
  readonly state: CompareState;
}

/** The score, taken apart: weights on the left, what follows from them on the right. */
export function ScoreTab({ catalog, scores, state }: ScoreTabProps) {
  const names = useMemo(
    () => new Map(catalog.protocols.map(({ id, name }) => [id, name])),
    [catalog.protocols],
  );
  return (
    <div className={styles.tab}>
      <div className={styles.weights}>
        <WeightsPanel weights={state.weights} onChange={state.setWeights} />
      </div>
      <div className={styles.about}>
        <MethodPanel score={scores[0] ?? null} />
      </div>
      <div className={styles.result}>
        <RankingPanel scores={scores} names={names} sources={catalog.sources} />
      </div>
    </div>
  );
}

function MethodPanel({ score }: { readonly score: ProtocolScore | null }) {
  const { t } = useText();
  return (
    <Panel title={t('compare.scoring.method')}>
      <div className={styles.method}>
        <p>{t('compare.scoring.formula')}</p>
        <p>{t('compare.scoring.unknownRule')}</p>
        <p>{t('compare.scoring.caps')}</p>
        <p>{t('compare.scoring.text')}</p>
        {score !== null && (
          <p className={styles.quiet}>
            {t('compare.scoring.versionLine', { version: score.version, date: score.date, on: score.on })}
          </p>
        )}
      </div>
    </Panel>
  );
}
