import { CircleAlert } from 'lucide-react';
import { useId } from 'react';
import { Trans } from 'react-i18next';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import type {
  OperatorTarget,
  ScenarioTargets,
  ServiceTarget,
} from '../../../shared/domain/scenario-targets.ts';
import { nameOperatorByAddress, nameServiceById } from '../../../shared/format/scenario.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import { SearchSelect } from '../../ui/SearchSelect.tsx';
import { SelectField, type SelectOption } from '../../ui/SelectField.tsx';
import {
  ALL_SERVICES,
  chooseOperator,
  type EventDraft,
  type EventProblem,
  type FailureDraft,
  type SlashDraft,
} from './draft.ts';
import styles from './EventSentence.module.css';
import { PercentInput } from './PercentInput.tsx';

interface EventSentenceProps {
  readonly event: EventDraft;
  readonly exposure: Exposure;
  readonly targets: ScenarioTargets;
  readonly problem: EventProblem | null;
  readonly onChange: (event: EventDraft) => void;
}

/** One event as a sentence with its parts to choose, and beneath it what is missing. */
export function EventSentence(props: EventSentenceProps) {
  const { event, problem } = props;
  const { t } = useText();
  const problemId = useId();
  const isPercentWrong = problem !== null && problem !== 'no-operator' && problem !== 'no-dependency';
  const percent = (
    <PercentInput
      value={event.percent}
      onChange={(next) => props.onChange({ ...event, percent: next })}
      problemId={isPercentWrong ? problemId : null}
    />
  );
  return (
    <>
      <div className={styles.sentence}>
        {event.kind === 'operator-slash' ? (
          <SlashSentence {...props} event={event} percent={percent} />
        ) : (
          <FailureSentence {...props} event={event} percent={percent} />
        )}
      </div>
      {problem !== null && (
        <p id={problemId} className={styles.problem} role="alert">
          <CircleAlert size={12} aria-hidden />
          {t(`simulate.problem.${problem}`)}
        </p>
      )}
    </>
  );
}

/** Above this many choices the list can be searched. */
const MOST_LISTED = 12;

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V | null;
  readonly options: readonly SelectOption<V>[];
  readonly onChoose: (value: V) => void;
}

function Choice<V extends string>({ label, value, options, onChoose }: ChoiceProps<V>) {
  const { t } = useText();
  const isLong = options.length > MOST_LISTED;
  const Field = isLong ? SearchSelect<V> : SelectField<V>;
  return (
    <span className={isLong ? styles.longChoice : styles.choice}>
      <Field
        label={label}
        isLabelHidden
        value={value}
        options={options}
        onChange={onChoose}
        placeholder={t('simulate.edit.choose')}
      />
    </span>
  );
}

/** What is chosen stays in the list even where a refresh has taken it away, so that the sentence still says it. */
function keepChosen<V extends string>(
  options: readonly SelectOption<V>[],
  chosen: V | null,
  makeOption: (value: V) => SelectOption<V>,
): readonly SelectOption<V>[] {
  if (chosen === null || options.some(({ value }) => value === chosen)) return options;
  return [...options, makeOption(chosen)];
}

interface PartProps<Event> extends Omit<EventSentenceProps, 'event' | 'problem'> {
  readonly event: Event;
  readonly percent: React.ReactElement;
}

function SlashSentence({ event, exposure, targets, percent, onChange }: PartProps<SlashDraft>) {
  const { t } = useText();
  const format = useFormatAmount();
  const chosen = targets.operators.find(({ address }) => address === event.operator);
  const hintService = useServiceHint(chosen);
  const operators = keepChosen(
    targets.operators.map(({ address, name, valueWei }) => ({
      value: address,
      label: name,
      hint: t('simulate.edit.operatorHint', { amount: format(valueWei, ETH_UNIT) }),
    })),
    event.operator,
    (value) => ({ value, label: nameOperatorByAddress(value, exposure), hint: t('simulate.edit.gone') }),
  );
  const services = keepChosen<string>(
    [
      { value: ALL_SERVICES, label: t('simulate.edit.allServices') },
      ...(chosen?.services ?? []).map((service) => ({
        value: service.id,
        label: nameServiceById(service.id, exposure),
        hint: hintService(service),
      })),
    ],
    event.service,
    (value) => ({ value, label: nameServiceById(value, exposure), hint: t('simulate.edit.serviceNone') }),
  );
  return (
    <Trans
      t={t}
      i18nKey="simulate.edit.slash"
      components={{
        operator: (
          <Choice
            label={t('simulate.edit.operator')}
            value={event.operator}
            options={operators}
            onChoose={(address) => {
              const operator = targets.operators.find((target) => target.address === address);
              if (operator) onChange(chooseOperator(event, operator));
            }}
          />
        ),
        percent,
        service: (
          <Choice
            label={t('simulate.edit.service')}
            value={event.service}
            options={services}
            onChoose={(service) => onChange({ ...event, service })}
          />
        ),
      }}
    />
  );
}

/** How much of what stands with the operator a service could take. */
function useServiceHint(operator: OperatorTarget | undefined): (service: ServiceTarget) => string {
  const { t } = useText();
  const format = useFormatAmount();
  return ({ allocatedShare, allocatedWei, isSlashable }) => {
    if (isSlashable === false) return t('simulate.edit.serviceNotSlashable');
    if (allocatedShare !== null && allocatedWei > 0n) {
      return t('simulate.edit.serviceHint', { share: format(allocatedShare, SHARE_UNIT) });
    }
    const isUnread =
      operator !== undefined && operator.unreadWei > 0n && operator.unreadWei === operator.valueWei;
    return t(isUnread ? 'simulate.edit.serviceUnread' : 'simulate.edit.serviceNone');
  };
}

function FailureSentence({ event, targets, percent, onChange }: PartProps<FailureDraft>) {
  const { t } = useText();
  const format = useFormatAmount();
  const options = keepChosen<string>(
    targets.dependencies.map(({ id, name, kind, valueWei }) => ({
      value: id,
      label: name,
      hint: t('simulate.edit.dependencyHint', {
        kind: t(`exposure.kind.${kind}`),
        amount: format(valueWei, ETH_UNIT),
      }),
    })),
    event.dependency,
    (value) => ({ value, label: value, hint: t('simulate.edit.gone') }),
  );
  return (
    <Trans
      t={t}
      i18nKey="simulate.edit.failure"
      components={{
        dependency: (
          <Choice
            label={t('simulate.edit.dependency')}
            value={event.dependency}
            options={options}
            onChoose={(dependency) => onChange({ ...event, dependency })}
          />
        ),
        percent,
      }}
    />
  );
}
