import { estimateTimeOfBlock, type KnownBlock } from '../../../shared/domain/block-time.ts';
import type { RestakingDetail } from '../../../shared/domain/position.ts';
import type { Figure } from '../../../shared/domain/figure.ts';
import { formatWait } from '../../../shared/format/exit.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { findTokenRate } from '../../../shared/domain/value-rates.ts';
import { useText } from '../../state/text.ts';
import { Address } from '../../ui/Address.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { nameFigure } from '../../ui/figureText.ts';
import { FigureValue } from '../../ui/FigureValue.tsx';
import { LegList } from './LegList.tsx';
import { ReachList } from './ReachList.tsx';
import { RequestFacts } from './RequestFacts.tsx';
import { StakeFacts } from './StakeFacts.tsx';
import { ValueStrip } from './ValueStrip.tsx';
import { VaultFacts } from './VaultFacts.tsx';
import { findLostToSlashing } from './lostToSlashing.ts';
import styles from './PositionDetail.module.css';
import type { OperatorPlace, PositionRow } from './positionRows.ts';
import { useSharedItems, type Item } from './useSharedItems.tsx';

interface PositionDetailProps {
  readonly row: PositionRow;
  /** In which the position was read. */
  readonly readIn: KnownBlock;
}

/** What one position is made of: the shares behind it, and with whom its value stands. */
export function PositionDetail({ row, readIn }: PositionDetailProps) {
  const { t } = useText();
  const { restaking, request, vault, stake } = row.position;
  return (
    <div className={styles.detail}>
      <ValueStrip position={row.position} />
      <section className={styles.part}>
        <h2 className={styles.title}>
          {t(
            `positions.detail.${restaking ? 'restaking' : vault ? 'inVault' : stake ? 'staking' : 'holding'}`,
          )}
        </h2>
        {restaking ? (
          <RestakingFacts row={row} restaking={restaking} readIn={readIn} />
        ) : request ? (
          <RequestFacts row={row} request={request} readIn={readIn} />
        ) : stake ? (
          <StakeFacts row={row} stake={stake} />
        ) : vault ? (
          <VaultFacts row={row} vault={vault} readIn={readIn} />
        ) : (
          <HoldingFacts row={row} />
        )}
      </section>
      <section className={styles.part}>
        <h2 className={styles.title}>{t('positions.detail.standsOn')}</h2>
        <LegList row={row} />
        {row.reach && <ReachList reach={row.reach} row={row} readIn={readIn} />}
      </section>
    </div>
  );
}

function HoldingFacts({ row }: { readonly row: PositionRow }) {
  const { t, tKey } = useText();
  const { instrument, address, rate } = row.position;
  const btcRate = findTokenRate(rate);
  const items: Item[] = [
    { term: t('positions.detail.name'), value: instrument.name },
    ...(instrument.issuer === null ? [] : [{ term: t('positions.detail.issuer'), value: instrument.issuer }]),
    { term: t('positions.detail.address'), value: <Address address={address} /> },
    ...(btcRate === null
      ? []
      : [{ term: nameFigure(btcRate, tKey), value: <FigureValue figure={btcRate} /> }]),
    ...useSharedItems(row),
  ];
  return <DefinitionList items={items} />;
}

interface RestakingFactsProps extends PositionDetailProps {
  readonly restaking: RestakingDetail;
}

function RestakingFacts({ row, restaking, readIn }: RestakingFactsProps) {
  const { t, tKey, locale } = useText();
  const { strategy, completableBlock, slashResolution } = restaking;
  const itemOf = (figure: Figure | null): Item[] =>
    figure === null ? [] : [{ term: nameFigure(figure, tKey), value: <FigureValue figure={figure} /> }];
  const from = completableBlock?.value ?? null;
  const items: Item[] = [
    {
      term: t('positions.detail.operator'),
      value: restaking.isOperatorUnknown ? (
        t('positions.detail.operatorUnknown')
      ) : (
        <OperatorName place={row.operator} />
      ),
    },
    { term: t('positions.detail.strategy'), value: <Address address={strategy} /> },
    ...itemOf(restaking.depositShares),
    ...itemOf(restaking.depositScalingFactor),
    ...itemOf(restaking.maxMagnitude),
    ...itemOf(restaking.beaconFactor),
    ...itemOf(restaking.withdrawableShares),
    ...itemOf(findLostToSlashing(row.position)),
    ...(completableBlock === null
      ? []
      : [
          {
            term: t('positions.detail.completable'),
            value: (
              <>
                <FigureValue figure={completableBlock} />
                {from !== null && from > readIn.block.number && (
                  <span className={styles.note}>
                    {' '}
                    ≈ {formatDate(estimateTimeOfBlock(from, readIn), locale)}
                  </span>
                )}
              </>
            ),
          },
        ]),
    ...(slashResolution === undefined
      ? []
      : [
          {
            term: nameFigure(slashResolution, tKey),
            value: (
              <>
                <FigureValue figure={slashResolution} />
                {slashResolution.value !== null && (
                  <span className={styles.note}>
                    {' '}
                    ≈ {formatWait(Number(slashResolution.value) * readIn.blockSeconds, t, locale)}
                  </span>
                )}
              </>
            ),
          },
        ]),
    ...useSharedItems(row),
  ];
  return <DefinitionList items={items} />;
}

function OperatorName({ place }: { readonly place: OperatorPlace }) {
  const { t } = useText();
  switch (place.kind) {
    case 'one':
      return <Address address={place.address} name={place.isNamed ? place.name : undefined} />;
    case 'several':
      return t('positions.detail.several', { count: place.count });
    case 'none':
      return t('positions.detail.nobody');
    case 'hidden':
      return t('positions.detail.operatorUnknown');
  }
}
