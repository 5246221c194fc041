import type { ExitInput, ExitLeg, ExitPlan } from '../../../shared/domain/exit.ts';
import {
  explainUnknown,
  findWeakest,
  formatInput,
  formatLegTime,
  formatStart,
  formatTotal,
  formatWaitRange,
  isSeldom,
  listTold,
  nameInput,
  nameInputAlone,
  nameLeg,
  unitOfExit,
} from '../../../shared/format/exit.ts';
import type { CalendarRow } from '../../charts/options/buildExitCalendar.ts';
import { HIDDEN_AMOUNT } from '../../state/amounts.ts';
import { useHideAmounts } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Banner } from '../../ui/Banner.tsx';
import { DefinitionList } from '../../ui/DefinitionList.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Choice } from '../simulate/Choice.tsx';
import type { PositionNames } from '../simulate/positionNames.ts';
import { EvidenceWord } from './EvidenceWord.tsx';
import styles from './StepsPanel.module.css';

interface StepsPanelProps {
  readonly plan: ExitPlan;
  readonly rows: readonly CalendarRow[];
  readonly names: PositionNames;
  readonly onChoose: (positionId: string) => void;
}

/** One way out: its steps in order, and what each of them rests on. */
export function StepsPanel({ plan, rows, names, onChoose }: StepsPanelProps) {
  const { t, locale } = useText();
  const why = explainUnknown(plan, t);
  const doubtful = plan.doubtfulInputs.map((id) => nameInputAlone(id, t));
  const name = names.inSentence(plan.positionId);
  const legs = listTold(plan.legs);
  return (
    <Panel title={t('exit.steps.title')}>
      <div className={styles.parts}>
        <div className={styles.chooser}>
          <Choice
            label={t('exit.calendar.choose')}
            value={plan.positionId}
            options={rows.map(({ id }) => ({ value: id, label: names.inSentence(id) }))}
            onChoose={onChoose}
          />
        </div>
        <DefinitionList
          items={[
            {
              term: t('exit.steps.out'),
              value: (
                <>
                  {formatTotal(plan, t, locale)}
                  {why !== null && <span className={styles.note}>{why}</span>}
                </>
              ),
            },
            ...(plan.paidIn === null ? [] : [{ term: t('exit.steps.paidIn'), value: plan.paidIn }]),
            ...(plan.pathId === null
              ? []
              : [{ term: t('exit.steps.slashable'), value: formatWaitRange(plan.slashable, t, locale) }]),
            {
              term: t('exit.steps.value'),
              value:
                plan.amount === null ? (
                  t('exit.time.unknown')
                ) : (
                  <Amount value={plan.amount} unit={unitOfExit(plan)} />
                ),
            },
          ]}
        />
        {doubtful.length > 0 && (
          <Banner tone="caution">
            {t('exit.steps.doubtful', { list: new Intl.ListFormat(locale).format(doubtful) })}
          </Banner>
        )}
        {plan.pathId === 'none' && <p className={styles.note}>{t('exit.steps.none')}</p>}
        {legs.length > 0 && (
          <div className={styles.head} aria-hidden>
            {(['step', 'takes', 'starts', 'status'] as const).map((part) => (
              <span key={part}>{t(`exit.steps.${part}`)}</span>
            ))}
          </div>
        )}
        {legs.length > 0 && (
          <ol className={styles.steps} aria-label={t('exit.steps.list', { name })}>
            {legs.map((leg) => (
              <li key={leg.id} className={styles.step}>
                <Step leg={leg} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </Panel>
  );
}

function Step({ leg }: { readonly leg: ExitLeg }) {
  const { t, locale } = useText();
  const status = findWeakest([leg]);
  const summary = (
    <span className={styles.summary}>
      <span className={isSeldom(leg) ? styles.seldom : styles.name}>{nameLeg(leg, t)}</span>
      <span className={styles.time}>{formatLegTime(leg, t, locale)}</span>
      <span className={styles.start}>{formatStart(leg, t, locale)}</span>
      <span className={styles.status}>{status !== null && <EvidenceWord status={status} />}</span>
    </span>
  );
  if (leg.inputs.length === 0) return <div className={styles.bare}>{summary}</div>;
  return (
    <Disclosure summary={summary}>
      <p className={styles.note}>
        {[
          ...(isSeldom(leg) ? [t('exit.steps.cover')] : []),
          t(leg.isSlashable ? 'exit.steps.isSlashable' : 'exit.steps.isSafe'),
        ].join(' ')}
      </p>
      <ul className={styles.inputs}>
        {leg.inputs.map((input) => (
          <li key={input.id}>
            <Input input={input} />
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

/** A number with where it is from: the one thing that says how much of the total to believe. */
function Input({ input }: { readonly input: ExitInput }) {
  const { t, locale } = useText();
  // What somebody holds; the rest is public.
  const isHidden = useHideAmounts() && input.id === 'own-stake';
  const { status, source, asOf, note } = input.evidence;
  return (
    <>
      <p className={styles.input}>
        <span>
          {nameInput(input, t)}: <strong>{isHidden ? HIDDEN_AMOUNT : formatInput(input, t, locale)}</strong>
        </span>
        <EvidenceWord status={status} />
      </p>
      {note !== undefined && <p className={styles.words}>{note}</p>}
      {status !== 'entered' && (
        <p className={styles.source}>
          {t('exit.steps.sourceLine', { source, asOf: asOf ?? t('exit.steps.undated') })}
        </p>
      )}
    </>
  );
}
