import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import { strikesOperators } from '../../../shared/domain/scenario-kinds.ts';
import type { ScenarioResult } from '../../../shared/domain/scenario.ts';
import { nameOperatorByAddress } from '../../../shared/format/scenario.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import { Panel } from '../../ui/Panel.tsx';
import styles from './LeftOut.module.css';
import type { NamePosition } from './positionNames.ts';

interface LeftOutProps {
  readonly result: ScenarioResult;
  readonly exposure: Exposure;
  readonly nameOf: NamePosition;
}

/** What the scenario could not reach, in words: the loss may be larger by it. */
export function LeftOut({ result, exposure, nameOf }: LeftOutProps) {
  const { t } = useText();
  const format = useFormatAmount();
  // Where everything fails, what is not visible fails with it: only a strike at operators leaves it out.
  const isStrike = result.events.some(({ event }) => strikesOperators(event));
  const hidden = isStrike ? result.positions.filter(({ hiddenWei }) => hiddenWei > 0n) : [];
  const isEmpty = result.unvaluedIds.length + result.leftOut.length + hidden.length === 0;
  return (
    <Panel title={t('simulate.result.leftOutTitle')}>
      {isEmpty ? (
        <p className={styles.none}>{t('simulate.result.leftOutNone')}</p>
      ) : (
        <ul className={styles.list}>
          {result.leftOut.map(({ kind, id, strategy, problem, detail }) => (
            <li key={`${kind} ${id} ${strategy ?? ''}`} title={detail}>
              {kind === 'position'
                ? t('simulate.result.contradicted', {
                    position: nameOf(id),
                    why: t(`simulate.contradiction.${problem}`),
                  })
                : t('simulate.result.operatorContradicted', {
                    operator: nameOperatorByAddress(id, exposure),
                    why: t(`simulate.contradiction.${problem}`),
                  })}
            </li>
          ))}
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
