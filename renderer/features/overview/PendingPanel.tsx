import { useMemo } from 'react';
import type { KnownBlock } from '../../../shared/domain/block-time.ts';
import type { Position } from '../../../shared/domain/position.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useNow } from '../../state/useNow.ts';
import { FigureValue } from '../../ui/FigureValue.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Truncated } from '../../ui/Truncated.tsx';
import { listPendingWithdrawals, type PendingWithdrawal } from './pendingWithdrawals.ts';
import styles from './PendingPanel.module.css';

interface PendingPanelProps {
  readonly positions: readonly Position[];
  /** The block the positions were read in. */
  readonly current: KnownBlock;
}

/** What is on its way out, the next first, on a line of time. */
export function PendingPanel({ positions, current }: PendingPanelProps) {
  const { t } = useText();
  const pending = useMemo(() => listPendingWithdrawals(positions, current), [positions, current]);
  return (
    <Panel
      title={t('overview.pending.title')}
      hint={t('overview.pending.hint', { seconds: current.blockSeconds })}
    >
      {pending.length === 0 ? (
        <p className={styles.none}>{t('overview.pending.none')}</p>
      ) : (
        <ol className={styles.line}>
          {pending.map((withdrawal) => (
            <PendingRow key={withdrawal.position.id} withdrawal={withdrawal} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

const DAY_MS = 86_400_000;

function PendingRow({ withdrawal }: { readonly withdrawal: PendingWithdrawal }) {
  const { t, locale } = useText();
  const now = useNow(60_000);
  const { position, isReady, time } = withdrawal;
  const completable = position.restaking?.completableBlock;
  const days = time === null ? null : Math.round((time - now) / DAY_MS);
  return (
    <li className={isReady ? styles.ready : styles.waiting}>
      <span className={styles.dot} aria-hidden />
      <div className={styles.when}>
        <span className={styles.date}>
          {isReady
            ? t('overview.pending.ready')
            : time === null
              ? t('overview.pending.blockUnknown')
              : t('overview.pending.date', { date: formatDate(time, locale) })}
        </span>
        {!isReady && days !== null && days >= 0 && (
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
