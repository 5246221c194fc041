import { useMemo } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { isRequest } from '../../../shared/domain/position.ts';
import { formatBlock } from '../../../shared/format/numbers.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useNow } from '../../state/useNow.ts';
import { FigureValue } from '../../ui/FigureValue.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Truncated } from '../../ui/Truncated.tsx';
import { listPendingWithdrawals, type PendingWithdrawal } from './pendingWithdrawals.ts';
import styles from './PendingPanel.module.css';
import { findUnreadRestaking } from './unreadRestaking.ts';

interface PendingPanelProps {
  readonly view: PortfolioView;
  /** The block the positions were read in. */
  readonly current: Observation['origin'];
}

/** What is on its way out, the next first, on a line of time. */
export function PendingPanel({ view, current }: PendingPanelProps) {
  const { t } = useText();
  const { positions } = view;
  const pending = useMemo(() => listPendingWithdrawals(positions, current), [positions, current]);
  const unread = findUnreadRestaking(view);
  const unknownText = unread.isNotAsked ? 'notAsked' : unread.areWithdrawalsPartial ? 'partial' : null;
  return (
    <Panel
      title={t('overview.pending.title')}
      hint={t('overview.pending.hint', { seconds: current.blockSeconds })}
    >
      {(unknownText !== null || pending.length === 0) && (
        <p className={styles.none}>{t(`overview.pending.${unknownText ?? 'none'}`)}</p>
      )}
      {pending.length > 0 && (
        <ol className={styles.line}>
          {pending.map((withdrawal) => (
            <PendingRow key={withdrawal.position.id} withdrawal={withdrawal} origin={current} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

const DAY_MS = 86_400_000;

interface PendingRowProps {
  readonly withdrawal: PendingWithdrawal;
  readonly origin: Observation['origin'];
}

function PendingRow({ withdrawal, origin }: PendingRowProps) {
  const { t, locale } = useText();
  const now = useNow(60_000);
  const { position, isReady, time } = withdrawal;
  const isRequested = isRequest(position.state);
  const completable = position.restaking?.completableBlock;
  // A date gone by says nothing of today: it may have been completed, or slashed, since it was read.
  const isPast = !isReady && time !== null && time < now;
  const date = time === null ? '' : formatDate(time, locale);
  const block = formatBlock(origin.block.number, locale);
  const days = time === null ? null : Math.round((time - now) / DAY_MS);
  return (
    <li className={isReady ? styles.ready : styles.waiting}>
      <span className={styles.dot} aria-hidden />
      <div className={styles.when}>
        <span className={styles.date}>
          {isReady
            ? t(isRequested ? 'overview.pending.claimable' : 'overview.pending.ready')
            : time === null
              ? t(isRequested ? 'overview.pending.dateUnknown' : 'overview.pending.blockUnknown')
              : !isPast
                ? t('overview.pending.date', { date })
                : origin.kind === 'sample'
                  ? t('overview.pending.asOf', { date, block })
                  : t('overview.pending.past', { date })}
        </span>
        {!isReady && !isPast && days !== null && (
          <span className={styles.days}>
            {days === 0 ? t('overview.pending.today') : t('overview.pending.days', { count: days })}
          </span>
        )}
        {!isReady && completable && completable.value !== null && (
          <span className={styles.block}>
            {t('overview.pending.block')} <FigureValue figure={completable} size="sm" isBare />
          </span>
        )}
      </div>
      <div className={styles.what}>
        <FigureValue figure={position.bookEth} />
        <button
          type="button"
          className={styles.name}
          onClick={() => navigate('positions', { position: position.id })}
        >
          <Truncated text={`${position.instrument.symbol}, ${position.accountLabel}`} />
        </button>
      </div>
    </li>
  );
}
