import { isOperatorLeg } from '../../../shared/domain/exposure.ts';
import { estimateTimeOfBlock, type KnownBlock } from '../../../shared/domain/block-time.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import type { ServiceReach, SlashReach } from '../../../shared/domain/slash-reach.ts';
import { fractionOf, sumOf } from '../../../shared/domain/units.ts';
import { formatBlock } from '../../../shared/format/numbers.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Truncated } from '../../ui/Truncated.tsx';
import { useExposureNames } from './exposureNames.ts';
import styles from './LegList.module.css';
import type { PositionRow } from './positionRows.ts';

/** Services with less are counted together: a pool may stand with dozens. */
const MOST_SERVICES = 8;

interface ReachListProps {
  readonly reach: SlashReach;
  readonly row: PositionRow;
  readonly readIn: KnownBlock;
}

/** Which services can take how much of a position, and what will change about that. */
export function ReachList({ reach, row, readIn }: ReachListProps) {
  const { t } = useText();
  const legs = row.exposed?.legs ?? [];
  const whole = sumOf(legs.map(({ bookWei }) => bookWei));
  if (!legs.some(isOperatorLeg)) return null;
  const rest = reach.services.slice(MOST_SERVICES);
  const isLeaving = row.position.state === 'queued';
  return (
    <>
      <h2 className={styles.title}>{t('positions.detail.reach.title')}</h2>
      {reach.worstWei === 0n && reach.services.length === 0 ? (
        <p className={styles.none}>{t('positions.detail.reach.none')}</p>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('positions.detail.reach.service')}</th>
              <th scope="col" className={styles.end}>
                {t('positions.detail.legShare')}
              </th>
              <th scope="col" className={styles.end}>
                {t('positions.detail.legAmount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {reach.services.slice(0, MOST_SERVICES).map((service) => (
              <ServiceRow key={service.serviceId} reach={service} whole={whole} readIn={readIn} />
            ))}
            {rest.length > 0 && (
              <tr>
                <th scope="row" className={styles.muted}>
                  {t('positions.detail.reach.more', { count: rest.length })}
                </th>
                <AmountCells wei={sumOf(rest.map(({ slashableWei }) => slashableWei))} whole={whole} />
              </tr>
            )}
            <tr>
              <th scope="row">{t(`positions.detail.reach.${isLeaving ? 'sumUntil' : 'sum'}`)}</th>
              <AmountCells wei={reach.worstWei} whole={whole} />
            </tr>
          </tbody>
        </table>
      )}
      <p className={styles.aside}>
        {[
          ...(reach.unreadWei > 0n ? [t('positions.detail.reach.unread')] : []),
          ...(legs.some(({ kind }) => kind === 'hidden') ? [t('positions.detail.reach.hidden')] : []),
          t('positions.detail.reach.later'),
        ].join(' ')}
      </p>
    </>
  );
}

interface ServiceRowProps {
  readonly reach: ServiceReach;
  readonly whole: bigint;
  readonly readIn: KnownBlock;
}

function ServiceRow({ reach, whole, readIn }: ServiceRowProps) {
  const { t, locale } = useText();
  const { services } = useExposureNames();
  const { serviceId, slashableWei, changes } = reach;
  return (
    <>
      <tr>
        <th scope="row">
          <Truncated text={services.get(serviceId) ?? serviceId} />
        </th>
        <AmountCells wei={slashableWei} whole={whole} />
      </tr>
      {changes.map(({ block, slashableWei: reached }) => {
        const date = formatDate(estimateTimeOfBlock(block, readIn), locale);
        return (
          <tr key={block} className={styles.change}>
            <th scope="row" className={styles.muted}>
              {t('positions.detail.reach.change', { block: formatBlock(block, locale), date })}
            </th>
            <AmountCells wei={reached} whole={whole} />
          </tr>
        );
      })}
    </>
  );
}

function AmountCells({ wei, whole }: { readonly wei: bigint; readonly whole: bigint }) {
  const share = fractionOf(wei, whole);
  return (
    <>
      <td className={styles.end}>{share !== null && <Amount value={share} unit={SHARE_UNIT} />}</td>
      <td className={styles.end}>
        <Amount value={wei} unit={ETH_UNIT} isBare />
      </td>
    </>
  );
}
