import { ChevronRight } from 'lucide-react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useNow } from '../../state/useNow.ts';
import type { QueryState } from '../../state/useQuery.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { describeStatement } from './describeStatement.ts';
import { makeStatements } from './statements.ts';
import styles from './TodayPanel.module.css';

interface TodayPanelProps {
  readonly view: PortfolioView;
  readonly exposure: QueryState<Exposure>;
}

/** Up to three sentences, each leading to the place that explains it. */
export function TodayPanel({ view, exposure }: TodayPanelProps) {
  const { t, locale } = useText();
  const formatAmount = useFormatAmount();
  const now = useNow(60_000);
  const statements = makeStatements({ view, exposure: exposure.data ?? null, now });
  return (
    <Panel title={t('overview.today.title')} hint={t('overview.today.hint')}>
      {exposure.isLoading ? (
        <Skeleton lines={3} height={20} />
      ) : (
        <>
          {exposure.error && <ErrorNotice error={exposure.error} onRetry={exposure.reload} tone="caution" />}
          {statements.length === 0 && <p className={styles.nothing}>{t('overview.today.nothing')}</p>}
          <ul className={styles.list}>
            {statements.map((statement) => (
              <li key={statement.kind} className={styles.item}>
                <button
                  type="button"
                  className={styles.statement}
                  onClick={() => navigate(statement.target.page, statement.target.params)}
                >
                  <span className={styles.text}>
                    {describeStatement(statement, { t, formatAmount, locale, now })}
                  </span>
                  <ChevronRight size={16} strokeWidth={1.75} aria-hidden className={styles.arrow} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
