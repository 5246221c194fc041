import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import type { ScenarioResult } from '../../../shared/domain/scenario.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import { Panel } from '../../ui/Panel.tsx';
import styles from './LeftOut.module.css';
import type { NamePosition } from './positionNames.ts';

interface LeftOutProps {
  readonly result: ScenarioResult;
  readonly nameOf: NamePosition;
}

/** What the scenario could not reach, in words: the loss may be larger by it. */
export function LeftOut({ result, nameOf }: LeftOutProps) {
  const { t } = useText();
  const format = useFormatAmount();
  // Where everything fails, what is not visible fails with it: only a slash leaves it out.
  const hasSlash = result.events.some(({ event }) => event.kind === 'operator-slash');
  const hidden = hasSlash ? result.positions.filter(({ hiddenWei }) => hiddenWei > 0n) : [];
  const isEmpty = result.unvaluedIds.length + hidden.length === 0;
  return (
    <Panel title={t('simulate.result.leftOutTitle')}>
      {isEmpty ? (
        <p className={styles.none}>{t('simulate.result.leftOutNone')}</p>
      ) : (
        <ul className={styles.list}>
          {result.unvaluedIds.map((id) => (
            <li key={id}>{t('simulate.result.unvalued', { position: nameOf(id) })}</li>
          ))}
          {hidden.map(({ positionId, hiddenWei }) => (
            <li key={positionId}>
              {t('simulate.result.hidden', {
                position: nameOf(positionId),
                amount: format(hiddenWei, ETH_UNIT),
              })}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
