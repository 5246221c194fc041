import { Dices } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { PortfolioView } from '../../../../shared/contract/methods.ts';
import type { Exposure } from '../../../../shared/domain/exposure.ts';
import type { Hazards } from '../../../../shared/domain/hazards.ts';
import type { KeptStudy } from '../../../../shared/domain/kept-study.ts';
import { findPositionId } from '../../../../shared/format/likelihood.ts';
import { formatBlock } from '../../../../shared/format/numbers.ts';
import { namePosition } from '../../../../shared/format/position-name.ts';
import type { Action } from '../../../registry/action.ts';
import { RUN_SCENARIO } from '../../../registry/pageShortcuts.ts';
import { useActions } from '../../../registry/useActions.ts';
import { useText } from '../../../state/text.ts';
import { useQuery } from '../../../state/useQuery.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import { SimulateSkeleton } from '../SimulateSkeleton.tsx';
import { AssumedPanel } from './AssumedPanel.tsx';
import { ExceedanceChart } from './ExceedanceChart.tsx';
import styles from './LikelihoodDesk.module.css';
import { MovePanel } from './MovePanel.tsx';
import { NumbersPanel } from './NumbersPanel.tsx';
import { ResultPanel } from './ResultPanel.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { isSameRequest } from './studyDraft.ts';
import { useStudy, type StudyState } from './useStudy.ts';
import { WhoPanel, type NameHeld } from './WhoPanel.tsx';

interface LikelihoodDeskProps {
  readonly view: PortfolioView;
  readonly exposure: Exposure;
}

/** How likely losses of one portfolio are: settings, result, and the numbers behind it side by side. */
export function LikelihoodDesk({ view, exposure }: LikelihoodDeskProps) {
  const study = useStudy(view.portfolio.id);
  const hazards = useQuery('hazards.get', {});
  return (
    <QueryView query={hazards} skeleton={<SimulateSkeleton />}>
      {(file) => (
        <QueryView query={study.latest} skeleton={<SimulateSkeleton />}>
          {({ kept }) => <Desk view={view} exposure={exposure} study={study} kept={kept} hazards={file} />}
        </QueryView>
      )}
    </QueryView>
  );
}

interface DeskProps extends LikelihoodDeskProps {
  readonly study: StudyState;
  readonly kept: KeptStudy | null;
  readonly hazards: Hazards;
}

function Desk({ view, exposure, study, kept, hazards }: DeskProps) {
  const { t } = useText();
  const { run, isRunning } = study;
  const actions = useMemo<readonly Action[]>(
    () => [
      {
        id: 'simulate.study',
        title: (tKey) => tKey('likelihood.settings.action'),
        group: 'page',
        shortcut: RUN_SCENARIO,
        keywords: 'likelihood probability loss distribution var cvar simulate',
        isEnabled: () => !isRunning,
        run,
      },
    ],
    [run, isRunning],
  );
  useActions(actions);
  const nameHeld = useNameHeld(view);
  return (
    <div className={styles.desk}>
      <div className={styles.settings}>
        <SettingsPanel study={study} />
      </div>
      <div className={styles.result}>
        {kept === null ? (
          <Panel title={t('likelihood.result.title')}>
            <EmptyState
              icon={Dices}
              title={t('likelihood.result.emptyTitle')}
              body={t('likelihood.result.emptyBody')}
            />
          </Panel>
        ) : (
          <>
            <StudyNotice view={view} kept={kept} study={study} />
            <ResultPanel kept={kept} bookEth={kept.isCurrent ? view.totals.bookEth : null} />
            <ExceedanceChart study={kept.study} />
            <WhoPanel study={kept.study} exposure={exposure} nameHeld={nameHeld} />
            {kept.isCurrent && (
              <MovePanel view={view} kept={kept} nameHeld={nameHeld} isRunning={isRunning} onRunAgain={run} />
            )}
          </>
        )}
      </div>
      <div className={styles.numbers}>
        <NumbersPanel study={study} made={kept?.study ?? null} hazards={hazards} />
        {kept !== null && <AssumedPanel study={kept.study} />}
      </div>
    </div>
  );
}

function useNameHeld({ positions }: PortfolioView): NameHeld {
  const { t } = useText();
  const byId = useMemo(() => new Map(positions.map((position) => [position.id, position])), [positions]);
  return useCallback(
    (id) => {
      const known = findPositionId(id, (candidate) => byId.has(candidate));
      const position = known === null ? undefined : byId.get(known);
      return position ? namePosition({ ...position, symbol: position.instrument.symbol }, t) : null;
    },
    [byId, t],
  );
}

interface StudyNoticeProps {
  readonly view: PortfolioView;
  readonly kept: KeptStudy;
  readonly study: StudyState;
}

/** That the result is of other values than today's, or of other settings than those on the left. */
function StudyNotice({ view, kept, study }: StudyNoticeProps) {
  const { t, locale } = useText();
  const { isRunning, run, request } = study;
  const again = (
    <Button size="sm" disabled={isRunning} onClick={run}>
      {t('likelihood.settings.again')}
    </Button>
  );
  if (!kept.isCurrent && view.freshness.kind === 'read') {
    const { number } = view.freshness.origin.block;
    const studyBlock = formatBlock(kept.study.blockNumber, locale);
    return (
      <Banner tone="caution" actions={again}>
        {kept.study.blockNumber === number
          ? t('likelihood.result.sameBlock', { studyBlock })
          : t('likelihood.result.otherBlock', { studyBlock, block: formatBlock(number, locale) })}
      </Banner>
    );
  }
  if (isRunning || isSameRequest(request, kept.study.request)) return null;
  return (
    <Banner tone="information" actions={again}>
      {t('likelihood.result.changed')}
    </Banner>
  );
}
