import type { Unit } from '../../../shared/domain/figure.ts';
import type { HistoryView } from '../../../shared/domain/history/history-view.ts';
import { unitOfHistory } from '../../../shared/format/history.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { HistoryChart } from './HistoryChart.tsx';
import { CurrencyChoice } from './HistoryControls.tsx';
import { useHistoryChoice, useHistoryInput } from './historyState.ts';
import styles from './ValuePanel.module.css';

const HEIGHT = 168;

/** The total at each reading, small; the rest is one press away. */
export function ValuePanel({ portfolioId }: { readonly portfolioId: string }) {
  const { t } = useText();
  const [choice, change] = useHistoryChoice();
  const asked = { ...choice, groupBy: 'total', basis: 'book', range: 'all' } as const;
  const history = useQuery('history.view', useHistoryInput(portfolioId, asked, null));
  return (
    <Panel
      title={t('history.title')}
      hint={t('history.panel.hint')}
      actions={
        <>
          <CurrencyChoice choice={choice} onChange={change} />
          <Button size="sm" onClick={() => navigate('overview', { view: 'history' })}>
            {t('history.panel.more')}
          </Button>
        </>
      }
    >
      <QueryView query={history} skeleton={<Skeleton height={HEIGHT} />}>
        {(data) => <Value view={data} />}
      </QueryView>
    </Panel>
  );
}

function Value({ view }: { readonly view: HistoryView }) {
  const { t, locale } = useText();
  const unit = unitOfHistory(view);
  const { times, total, span, isSynthetic, currency } = view;
  const [first] = times;
  const last = times.at(-1);
  if (span === null || !first || !last) return <p className={styles.none}>{t('history.panel.empty')}</p>;
  const lastValue = total.values.at(-1) ?? null;
  const isKnown = total.values.some((value) => value !== null);
  const hasHole = times.some(({ isAfterGap }) => isAfterGap) || total.unknown.length > 0;
  return (
    <>
      <p className={styles.line}>
        {isSynthetic && <span className={styles.synthetic}>{t('history.note.synthetic')}</span>}
        {lastValue !== null && times.length > 1 && (
          <Change values={total.values} from={formatDate(first.at, locale)} unit={unit} />
        )}
      </p>
      {isKnown ? (
        <HistoryChart view={view} isStacked={false} isCompact height={HEIGHT} />
      ) : (
        <p className={styles.none}>{t('history.chart.noValue', { currency })}</p>
      )}
      {times.length === 1 && <p className={styles.none}>{t('history.chart.single')}</p>}
      {isKnown && hasHole && <p className={styles.none}>{t('history.panel.gap')}</p>}
    </>
  );
}

interface ChangeProps {
  readonly values: HistoryView['total']['values'];
  readonly from: string;
  readonly unit: Unit;
}

/** Only between two known ends. What it is made of stands in the full view. */
function Change({ values, from, unit }: ChangeProps) {
  const { t } = useText();
  const first = values[0] ?? null;
  const last = values.at(-1) ?? null;
  if (first === null || last === null) return null;
  const [before, after] = t('history.panel.change', { change: '\n', from }).split('\n');
  return (
    <span>
      {before}
      {last > first && '+'}
      <Amount value={last - first} unit={unit} />
      {after}
    </span>
  );
}
