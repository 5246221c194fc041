import { Dices, FlaskConical } from 'lucide-react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { formatBlock } from '../../../shared/format/numbers.ts';
import type { Run } from '../../../shared/domain/scenario.ts';
import { describeEvent } from '../../../shared/format/scenario.ts';
import { formatAge, formatInstant } from '../../../shared/format/time.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useNow } from '../../state/useNow.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import styles from './ContentPanel.module.css';
import { LATEST_RUN, NO_RUN } from './runChoice.ts';

interface ContentPanelProps {
  readonly view: PortfolioView;
  /** Newest first. */
  readonly runs: readonly Run[];
  readonly choice: string;
  readonly onChoose: (choice: string) => void;
}

/** What goes into the report: everything, and one run. */
export function ContentPanel({ view, runs, choice, onChoose }: ContentPanelProps) {
  const { t, locale } = useText();
  const exposure = useQuery('portfolios.exposure', { portfolioId: view.portfolio.id });
  const describe = ({ blockNumber, result }: Run): string => {
    const { events } = result.scenario;
    const [first] = events;
    const event = first && exposure.data ? describeEvent(first, exposure.data, t) : '';
    const more = events.length > 1 ? ` ${t('simulate.result.more', { count: events.length - 1 })}` : '';
    return t('reports.screen.content.runHint', {
      block: formatBlock(blockNumber, locale),
      event: `${event}${more}`,
    });
  };
  const [latest] = runs;
  const isKept = choice === NO_RUN || runs.some(({ id }) => id === choice);
  const included = choice === NO_RUN ? undefined : (runs.find(({ id }) => id === choice) ?? latest);
  return (
    <Panel title={t('reports.screen.content.title')}>
      <div className={styles.parts}>
        <SelectField
          label={t('reports.screen.content.run')}
          value={isKept ? choice : LATEST_RUN}
          onChange={onChoose}
          options={[
            latest
              ? { value: LATEST_RUN, label: t('reports.screen.content.latest'), hint: describe(latest) }
              : { value: LATEST_RUN, label: t('reports.screen.content.latestNone') },
            { value: NO_RUN, label: t('reports.screen.content.none') },
            ...runs.map((run) => ({
              value: run.id,
              label: formatInstant(run.ranAt, locale),
              hint: describe(run),
            })),
          ]}
        />
        {included && <p className={styles.included}>{describe(included)}</p>}
        {!latest && (
          <div>
            <Button size="sm" icon={FlaskConical} onClick={() => navigate('simulate')}>
              {t('reports.screen.content.simulate')}
            </Button>
          </div>
        )}
        <LikelihoodNote portfolioId={view.portfolio.id} />
        <p className={styles.fixed}>{t('reports.screen.content.fixed')}</p>
      </div>
    </Panel>
  );
}

/** Whether a study of how likely losses are is in the report: the latest, where it is of these values. */
function LikelihoodNote({ portfolioId }: { readonly portfolioId: string }) {
  const { t, locale } = useText();
  const now = useNow(30_000);
  const latest = useQuery('studies.latest', { portfolioId });
  if (latest.data === undefined) return null;
  const { kept } = latest.data;
  if (kept?.isCurrent === true) {
    const age = formatAge(kept.madeAt, now, locale);
    return <p className={styles.included}>{t('reports.screen.content.likely', { age })}</p>;
  }
  return (
    <>
      <p className={styles.included}>
        {t(kept === null ? 'reports.screen.content.likelyNone' : 'reports.screen.content.likelyOutdated')}
      </p>
      <div>
        <Button size="sm" icon={Dices} onClick={() => navigate('simulate', { view: 'likely' })}>
          {t('reports.screen.content.likelyAction')}
        </Button>
      </div>
    </>
  );
}
