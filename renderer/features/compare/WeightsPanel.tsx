import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { isWeighable } from '../../../shared/domain/score/score-protocol.ts';
import { DEFAULT_WEIGHTS, SCORE_DIMENSIONS, type ScoreWeights } from '../../../shared/domain/score/score.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import styles from './WeightsPanel.module.css';

const MOST = 100;

interface WeightsPanelProps {
  readonly weights: ScoreWeights;
  readonly onChange: (weights: ScoreWeights) => void;
}

/** How much each dimension counts, as a slider and a number each. */
export function WeightsPanel({ weights, onChange }: WeightsPanelProps) {
  const { t } = useText();
  // What stands in the fields: all zeros are shown, and make no score.
  const [shown, setShown] = useState(weights);
  const change = (next: ScoreWeights) => {
    setShown(next);
    if (isWeighable(next)) onChange(next);
  };
  const sum = SCORE_DIMENSIONS.reduce((total, id) => total + shown[id], 0);
  const isOwn = SCORE_DIMENSIONS.some((id) => shown[id] !== DEFAULT_WEIGHTS[id]);
  return (
    <Panel
      title={t('compare.scoring.weights')}
      hint={t('compare.scoring.weightsHint')}
      actions={
        isOwn && (
          <Button size="sm" icon={RotateCcw} onClick={() => change(DEFAULT_WEIGHTS)}>
            {t('compare.scoring.reset')}
          </Button>
        )
      }
    >
      <ul className={styles.list}>
        {SCORE_DIMENSIONS.map((id) => {
          const name = t(`score.dimension.${id}`);
          const set = (value: number) => {
            if (Number.isFinite(value)) change({ ...shown, [id]: Math.min(MOST, Math.max(0, value)) });
          };
          return (
            <li key={id} className={styles.line}>
              <span title={t(`score.dimensionAsks.${id}`)}>{name}</span>
              <span className={styles.share}>
                {sum === 0 ? '' : t('compare.scoring.share', { share: Math.round((100 * shown[id]) / sum) })}
              </span>
              <input
                type="range"
                className={styles.slider}
                min={0}
                max={MOST}
                step={1}
                value={shown[id]}
                aria-label={t('compare.scoring.weight', { name })}
                onChange={({ currentTarget }) => set(currentTarget.valueAsNumber)}
              />
              <input
                type="number"
                className={styles.number}
                min={0}
                max={MOST}
                value={shown[id]}
                aria-label={t('compare.scoring.weight', { name })}
                onChange={({ currentTarget }) => set(currentTarget.valueAsNumber)}
              />
            </li>
          );
        })}
      </ul>
      {!isWeighable(shown) && <StateWord tone="caution">{t('compare.scoring.allZero')}</StateWord>}
      {isOwn && isWeighable(shown) && <StateWord tone="information">{t('compare.scoring.isOwn')}</StateWord>}
    </Panel>
  );
}
