import { PARAMETER_SETS } from '../../../shared/domain/loss-distribution.ts';
import { nameProtocol } from '../../../shared/format/exit.ts';
import { useText } from '../../state/text.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { SwitchField } from '../../ui/SwitchField.tsx';
import styles from './AssumptionsPanel.module.css';
import { NO_PAUSE, type NumberFieldName } from './exitDraft.ts';
import type { ExitDraftState } from './useExitDraft.ts';
import type { ExitPlans } from './useExitPlans.ts';

interface AssumptionsPanelProps {
  readonly draft: ExitDraftState;
  /** Null until they are there. */
  readonly plans: ExitPlans | null;
  readonly pausable: readonly string[];
}

/** The queue, what waiting risks, and the stress. */
export function AssumptionsPanel({ draft, plans, pausable }: AssumptionsPanelProps) {
  const { t } = useText();
  const { value, change } = draft;
  return (
    <Panel title={t('exit.settings.title')}>
      <div className={styles.parts}>
        <div className={styles.field}>
          <span className={styles.label} aria-hidden>
            {t('exit.settings.queue')}
          </span>
          <Segmented
            label={t('exit.settings.queue')}
            value={value.queue}
            onChange={(queue) => change({ queue })}
            options={PARAMETER_SETS.map((set) => ({ value: set, label: t(`exit.settings.queueSet.${set}`) }))}
          />
          <p className={styles.help}>{t(`exit.settings.queueHint.${value.queue}`)}</p>
        </div>
        <Percent
          draft={draft}
          field="lossRate"
          label={t('exit.settings.lossRate')}
          help={t('exit.settings.lossRateHelp')}
        />
        <Percent
          draft={draft}
          field="requiredYield"
          label={t('exit.settings.yield')}
          help={t('exit.settings.yieldHelp')}
        />
        <div className={styles.stress}>
          <SwitchField
            label={t('exit.stress.switch')}
            help={t('exit.stress.switchHelp')}
            value={value.isStressed}
            onChange={(isStressed) => change({ isStressed })}
          />
          {value.isStressed && <StressFields draft={draft} plans={plans} pausable={pausable} />}
        </div>
        <p className={styles.help}>{t('exit.settings.local')}</p>
      </div>
    </Panel>
  );
}

function StressFields({ draft, plans, pausable }: AssumptionsPanelProps) {
  const { t } = useText();
  const { value, change } = draft;
  const here = new Set(
    (plans?.asIs ?? plans?.overview)?.plans.flatMap(({ legs }) => legs.map(({ protocol }) => protocol)),
  );
  const protocols = pausable.filter((id) => here.has(id) || id === value.paused);
  return (
    <>
      <Typed draft={draft} field="multiple" label={t('exit.stress.multiple')} />
      <SelectField
        label={t('exit.stress.pause')}
        value={value.paused}
        onChange={(paused) => change({ paused })}
        options={[
          { value: NO_PAUSE, label: t('exit.stress.pauseNone') },
          { value: 'all', label: nameProtocol('all', t) },
          ...protocols.map((id) => ({ value: id, label: nameProtocol(id, t) })),
        ]}
      />
      {value.paused !== NO_PAUSE && (
        <>
          <Segmented
            label={t('exit.stress.pauseTerm')}
            value={value.pauseTerm}
            onChange={(pauseTerm) => change({ pauseTerm })}
            options={(['days', 'open'] as const).map((term) => ({
              value: term,
              label: t(`exit.stress.pauseTerms.${term}`),
            }))}
          />
          {value.pauseTerm === 'days' && (
            <Typed draft={draft} field="pauseDays" label={t('exit.stress.pauseDays')} />
          )}
        </>
      )}
      <Percent draft={draft} field="depthGone" label={t('exit.stress.depth')} />
    </>
  );
}

interface TypedProps {
  readonly draft: ExitDraftState;
  readonly field: NumberFieldName;
  readonly label: string;
  readonly help?: string | undefined;
  readonly unit?: string | undefined;
}

function Typed({ draft, field, label, help, unit }: TypedProps) {
  const { t } = useText();
  const problem = draft.judged.problems[field];
  return (
    <NumberField
      label={label}
      help={help}
      unit={unit}
      maxLength={20}
      value={draft.value[field]}
      onChange={(text) => draft.change({ [field]: text })}
      error={problem === undefined ? null : t(`exit.problem.${problem}`)}
    />
  );
}

function Percent(props: Omit<TypedProps, 'unit'>) {
  return <Typed {...props} unit="%" />;
}
