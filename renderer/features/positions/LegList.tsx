import { nameProvider, type Leg } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { fractionOf, sumOf } from '../../../shared/domain/units.ts';
import { shortenAddress } from '../../../shared/domain/address.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Button } from '../../ui/Button.tsx';
import { joinClasses } from '../../ui/classes.ts';
import styles from './LegList.module.css';
import type { PositionRow } from './positionRows.ts';
import { useExposureNames } from './exposureNames.ts';
import { Truncated } from '../../ui/Truncated.tsx';

/** The parts of a position's book value by where they stand; together they are all of it. */
export function LegList({ row }: { readonly row: PositionRow }) {
  const { t } = useText();
  const { operators } = useExposureNames();
  const { exposed } = row;
  if (exposed === null) return <p className={styles.none}>{t('positions.detail.notRead')}</p>;
  const { legs } = exposed;
  if (legs.length === 0) return <p className={styles.none}>{t('positions.detail.noLegs')}</p>;
  const whole = sumOf(legs.map(({ bookWei }) => bookWei));
  const nameLeg = (leg: Leg): string => {
    if (leg.kind === 'free') return t('positions.detail.free');
    if (leg.kind === 'hidden') return t('positions.detail.hidden');
    if (leg.kind === 'provider') return t('positions.detail.provider', { name: nameProvider(leg) });
    return operators.get(leg.operator) ?? shortenAddress(leg.operator);
  };
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('positions.detail.leg')}</th>
            <th scope="col" className={styles.end}>
              {t('positions.detail.legShare')}
            </th>
            <th scope="col" className={styles.end}>
              {t('positions.detail.legAmount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {legs.map((leg, index) => {
            const share = fractionOf(leg.bookWei, whole);
            const isMuted = leg.kind === 'free' || leg.kind === 'hidden';
            return (
              <tr key={index}>
                <th scope="row" className={joinClasses(isMuted && styles.muted)}>
                  <Truncated text={nameLeg(leg)} />
                </th>
                <td className={styles.end}>{share !== null && <Amount value={share} unit={SHARE_UNIT} />}</td>
                <td className={styles.end}>
                  <Amount value={leg.bookWei} unit={ETH_UNIT} isBare />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <div className={styles.action}>
        <Button size="sm" onClick={() => navigate('exposure', { position: row.position.id })}>
          {t('positions.detail.openExposure')}
        </Button>
      </div>
    </>
  );
}
