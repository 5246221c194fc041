import { Check } from 'lucide-react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { navigate } from '../../state/route.ts';
import { useSettings } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { RefreshButton } from '../positions/RefreshButton.tsx';
import { findMissingServer } from '../positions/missingServer.ts';
import { listFirstRunSteps, type FirstRunStep, type FirstRunStepId } from './firstRunSteps.ts';
import styles from './FirstRun.module.css';

/** What stands between an empty portfolio and its first figures. */
export function FirstRun({ view }: { readonly view: PortfolioView }) {
  const { t } = useText();
  const settings = useSettings();
  const networks = useQuery('networks.list', {});
  const { networkId } = view.portfolio;
  const network = networks.data?.find(({ id }) => id === networkId)?.name ?? networkId;
  const steps = listFirstRunSteps({
    node: findMissingServer(view.portfolio, view.accounts, settings) === null,
    account: view.accounts.length > 0,
    refresh: view.freshness.kind === 'read',
  });
  return (
    <Panel title={t('overview.firstRun.title')} hint={t('overview.firstRun.lead')}>
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <li key={step.id} className={styles.step} data-state={step.state}>
            <span className={styles.mark} aria-hidden>
              {step.state === 'done' ? <Check size={14} strokeWidth={2} /> : index + 1}
            </span>
            <div className={styles.text}>
              <p className={styles.title}>
                {t(`overview.firstRun.${step.id}.title`)}
                <span className="visually-hidden"> ({t(`overview.firstRun.${step.state}`)})</span>
              </p>
              <p className={styles.body}>{t(`overview.firstRun.${step.id}.body`, { network })}</p>
            </div>
            <StepAction step={step} view={view} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

const PLACES = {
  node: { page: 'settings', params: { setting: 'rpcUrls' } },
  account: { page: 'positions', params: { add: 'account' } },
} as const satisfies Record<Exclude<FirstRunStepId, 'refresh'>, unknown>;

function StepAction({ step, view }: { readonly step: FirstRunStep; readonly view: PortfolioView }) {
  const { t } = useText();
  if (step.id === 'refresh') {
    return step.state === 'next' ? <RefreshButton view={view} isPrimary /> : null;
  }
  const { page, params } = PLACES[step.id];
  const isDone = step.state === 'done';
  return (
    <>
      {isDone && <span className={styles.done}>{t('overview.firstRun.done')}</span>}
      <Button
        variant={step.state === 'next' ? 'primary' : isDone ? 'quiet' : 'default'}
        onClick={() => navigate(page, params)}
      >
        {t(`overview.firstRun.${step.id}.${isDone ? 'again' : 'action'}`)}
      </Button>
    </>
  );
}
