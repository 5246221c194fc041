import type { ReactNode } from 'react';
import type { EigenlayerFacts, PodFacts, RewardsFacts } from '../../../shared/domain/eigenlayer-facts.ts';
import type { Figure } from '../../../shared/domain/figure.ts';
import { useText } from '../../state/text.ts';
import { Address } from '../../ui/Address.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { nameFigure } from '../../ui/figureText.ts';
import { FigureValue } from '../../ui/FigureValue.tsx';
import styles from './AccountsSheet.module.css';

type Items = { readonly term: string; readonly value: ReactNode }[];

/** An account's pod and rewards with EigenLayer: what stands in no position, because it is no amount it holds. */
export function EigenlayerFactList({ facts }: { readonly facts: EigenlayerFacts | undefined }) {
  const podItems = usePodItems(facts?.pod ?? null);
  const rewardItems = useRewardItems(facts?.rewards ?? null);
  if (facts === undefined) return null;
  return (
    <div className={styles.facts}>
      <DefinitionList items={[...podItems, ...rewardItems]} />
    </div>
  );
}

function usePodItems(pod: PodFacts | null): Items {
  const { t, tKey } = useText();
  if (pod === null) return [];
  const { address, depositShares, activeValidators, uncheckpointed } = pod;
  const isDeficit = depositShares.value !== null && depositShares.value < 0n;
  const itemOf = (figure: Figure) => ({
    term: nameFigure(figure, tKey),
    value: <FigureValue figure={figure} />,
  });
  return [
    {
      term: t('positions.account.pod'),
      value: address === null ? t('positions.account.noPod') : <Address address={address} />,
    },
    {
      term: isDeficit ? t('positions.account.deficit') : nameFigure(depositShares, tKey),
      value: (
        <>
          <FigureValue figure={depositShares} />
          {isDeficit && <span className={styles.aside}>{t('positions.account.deficitNote')}</span>}
        </>
      ),
    },
    ...[activeValidators, uncheckpointed].flatMap((figure) => (figure === null ? [] : [itemOf(figure)])),
  ];
}

function useRewardItems(rewards: RewardsFacts | null): Items {
  const { t, tKey } = useText();
  if (rewards === null) return [];
  const { claimer, claimed, claimable } = rewards;
  return [
    ...(claimed.length === 0
      ? []
      : [
          {
            term: tKey('figure.name.rewardsClaimed'),
            value: (
              <span className={styles.several}>
                {claimed.map((figure) => (
                  <FigureValue key={figure.unit.symbol} figure={figure} />
                ))}
              </span>
            ),
          },
        ]),
    { term: nameFigure(claimable, tKey), value: <FigureValue figure={claimable} /> },
    ...(claimer === null
      ? []
      : [{ term: t('positions.account.claimer'), value: <Address address={claimer} /> }]),
  ];
}
