import { RotateCw } from 'lucide-react';
import type { Freshness, Listening, PortfolioView } from '../../shared/contract/methods.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { nameNetwork } from '../../shared/domain/observation.ts';
import { BLOCK_UNIT } from '../../shared/domain/figure.ts';
import { formatAge, formatInstant } from '../../shared/format/time.ts';
import { usePortfolioView } from '../state/portfolio.ts';
import { useText } from '../state/text.ts';
import { useNow } from '../state/useNow.ts';
import { Button } from '../ui/Button.tsx';
import { joinClasses } from '../ui/classes.ts';
import { DefinitionList } from '../ui/DefinitionList.tsx';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { Popover } from '../ui/Popover.tsx';
import styles from './FreshnessNote.module.css';
import { isStale } from './freshness.ts';
import { useRefresh } from './useRefresh.ts';

/** `block 21,480,112 · 12 seconds ago · node`: always in view; the whole story on a press. */
export function FreshnessNote() {
  const { t } = useText();
  const view = usePortfolioView().data;
  if (view === undefined) return null;
  const isOld = isStale(view.freshness);
  return (
    <Popover
      title={t('shell.freshness.title')}
      align="end"
      trigger={
        <button type="button" className={styles.note}>
          <span className={joinClasses(styles.dot, dotOf(view.freshness, isOld))} aria-hidden />
          <FreshnessText freshness={view.freshness} isOld={isOld} />
        </button>
      }
    >
      <FreshnessDetail view={view} />
    </Popover>
  );
}

function dotOf(freshness: Freshness, isOld: boolean): string | undefined {
  if (freshness.kind === 'never' || freshness.origin.kind === 'sample') return styles.empty;
  return isOld ? styles.stale : styles.fresh;
}

function useFormatBlock(): (block: bigint) => string {
  const { locale } = useText();
  return (block) => formatValue(block, BLOCK_UNIT, { locale, isBare: true });
}

function FreshnessText({ freshness, isOld }: { readonly freshness: Freshness; readonly isOld: boolean }) {
  const { t, locale } = useText();
  const now = useNow(1000);
  const formatBlock = useFormatBlock();
  if (freshness.kind === 'never') {
    return (
      <span>{t(freshness.error === null ? 'shell.freshness.never' : 'shell.freshness.neverFailed')}</span>
    );
  }
  const { origin, readAt } = freshness;
  const number = formatBlock(origin.block.number);
  if (origin.kind === 'sample') return <span>{t('shell.freshness.sample', { number })}</span>;
  return (
    <span className={styles.parts}>
      <span>{t('shell.freshness.block', { number })}</span>
      <span className={isOld ? styles.staleText : undefined}>
        {formatAge(readAt, now, locale)}
        {isOld && `, ${t('shell.freshness.stale')}`}
      </span>
      <span className={styles.endpoint}>{origin.endpoint}</span>
    </span>
  );
}

function FreshnessDetail({ view }: { readonly view: PortfolioView }) {
  const { t, locale } = useText();
  const { refresh, isRefreshing } = useRefresh();
  const { freshness, unreadAccountIds, portfolio } = view;
  return (
    <div className={styles.detail}>
      {freshness.error !== null && <ErrorNotice error={freshness.error} tone="caution" />}
      {freshness.kind === 'read' && (
        <OriginDetail freshness={freshness} listening={view.listening} locale={locale} />
      )}
      {unreadAccountIds.length > 0 && (
        <p>{t('shell.freshness.unread', { count: unreadAccountIds.length })}</p>
      )}
      {portfolio.kind === 'sample' ? (
        <p className={styles.muted}>{t('shell.freshness.sampleNote')}</p>
      ) : (
        <Button icon={RotateCw} isBusy={isRefreshing} onClick={refresh}>
          {t(isRefreshing ? 'shell.freshness.reading' : 'shell.freshness.refresh')}
        </Button>
      )}
    </div>
  );
}

interface OriginDetailProps {
  readonly freshness: Extract<Freshness, { kind: 'read' }>;
  readonly listening: Listening | null;
  readonly locale: string;
}

function OriginDetail({ freshness: { origin, readAt, failedAt }, listening, locale }: OriginDetailProps) {
  const { t } = useText();
  const now = useNow(1000);
  const formatBlock = useFormatBlock();
  const items = [
    { term: t('shell.freshness.blockTerm'), value: formatBlock(origin.block.number) },
    { term: t('shell.freshness.blockTime'), value: formatInstant(origin.block.time * 1000, locale) },
  ];
  if (origin.kind === 'sample') return <DefinitionList items={items} />;
  return (
    <DefinitionList
      items={[
        { term: t('shell.freshness.network'), value: nameNetwork(origin) },
        { term: t('shell.freshness.source'), value: origin.endpoint },
        ...items,
        { term: t('shell.freshness.readAt'), value: formatInstant(readAt, locale) },
        ...(failedAt === null
          ? []
          : [
              {
                term: t('shell.freshness.lastTry'),
                value: t('shell.freshness.failed', { age: formatAge(failedAt, now, locale) }),
              },
            ]),
        ...(listening === null
          ? []
          : [
              {
                term: t('shell.freshness.listening.term'),
                value: t(`shell.freshness.listening.${listening.state}`, {
                  endpoint: listening.endpoint,
                  age: formatAge(listening.since, now, locale),
                }),
              },
            ]),
      ]}
    />
  );
}
