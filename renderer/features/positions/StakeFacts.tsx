import { BTC_UNIT, type Figure } from '../../../shared/domain/figure.ts';
import type { StakeDetail } from '../../../shared/domain/position.ts';
import { formatDate, formatMonth } from '../../../shared/format/time.ts';
import { useNow } from '../../state/useNow.ts';
import { useText } from '../../state/text.ts';
import { Address } from '../../ui/Address.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { nameFigure } from '../../ui/figureText.ts';
import { FigureValue } from '../../ui/FigureValue.tsx';
import styles from './PositionDetail.module.css';
import type { PositionRow } from './positionRows.ts';
import { useSharedItems, type Item } from './useSharedItems.tsx';

/** Ten minutes for a block are right by a day or two within weeks, and by no more than a month within a year. */
function formatExpected(time: number, now: number, locale: string): string {
  return Math.abs(time - now) < 45 * 86_400_000 ? formatDate(time, locale) : formatMonth(time, locale);
}

/** A stake with Babylon: with whom, under which parameters, until when, and what a slashing would take of it. */
export function StakeFacts({ row, stake }: { readonly row: PositionRow; readonly stake: StakeDetail }) {
  const { t, tKey, locale } = useText();
  const now = useNow(60_000);
  const { address } = row.position;
  const itemOf = (figure: Figure | null, digits?: number): Item[] =>
    figure === null
      ? []
      : [{ term: nameFigure(figure, tKey), value: <FigureValue figure={figure} digits={digits} /> }];
  const { withdrawableFrom, withdrawableAt, versions } = stake;
  const date = withdrawableAt?.value ?? null;
  const items: Item[] = [
    { term: t('positions.stake.state'), value: t(`positions.stake.states.${stake.state}`) },
    {
      term: t('positions.stake.provider'),
      value: <Address address={stake.finalityProvider} name={stake.finalityProviderName ?? undefined} />,
    },
    ...(withdrawableFrom === null
      ? []
      : [
          {
            term: nameFigure(withdrawableFrom, tKey),
            value: (
              <>
                <FigureValue figure={withdrawableFrom} />
                {date !== null && stake.state !== 'withdrawable' && (
                  <span className={styles.note}> ≈ {formatExpected(Number(date) * 1000, now, locale)}</span>
                )}
              </>
            ),
          },
        ]),
    // Fees are a few hundred satoshi.
    ...itemOf(stake.lossIfSlashed, BTC_UNIT.decimals),
    ...itemOf(stake.unbondingFee, BTC_UNIT.decimals),
    {
      term: t('positions.stake.parameters'),
      value:
        versions.length === 0
          ? t('positions.stake.noVersion')
          : t('positions.stake.version', { count: versions.length, versions: versions.join(', ') }),
    },
    { term: t('positions.stake.foundBy'), value: t(`positions.stake.found.${stake.foundBy}`) },
    { term: t('positions.stake.output'), value: <Address address={`${stake.txid}:${stake.outputIndex}`} /> },
    { term: t('positions.stake.staker'), value: <Address address={stake.staker} /> },
    ...itemOf(stake.height),
    { term: t('positions.detail.address'), value: <Address address={address} /> },
    ...useSharedItems(row),
  ];
  return <DefinitionList items={items} />;
}
