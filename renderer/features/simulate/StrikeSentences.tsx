import { Trans } from 'react-i18next';
import type { EvmAddress } from '../../../shared/domain/address.ts';
import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { ALL } from '../../../shared/domain/scenario-kinds.ts';
import type { OperatorTarget, ServiceTarget } from '../../../shared/domain/scenario-targets.ts';
import {
  nameDependencyById,
  nameOperatorByAddress,
  nameServiceById,
} from '../../../shared/format/scenario.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import type { SelectOption } from '../../ui/SelectPopup.tsx';
import { Choice, Choices, keepChosen } from './Choice.tsx';
import {
  chooseOperator,
  type Chosen,
  type ClientDraft,
  type ServiceDraft,
  type SlashDraft,
} from './draft.ts';
import type { SentenceProps } from './EventSentence.tsx';

/** The operators as options; `amountOf` what of each the event can reach. */
function useOperatorOptions(
  targets: readonly OperatorTarget[],
  chosen: readonly EvmAddress[],
  exposure: Exposure,
  amountOf: (target: OperatorTarget) => bigint,
): readonly SelectOption<EvmAddress>[] {
  const { t } = useText();
  const format = useFormatAmount();
  return keepChosen(
    targets.map((target) => ({
      value: target.address,
      label: target.name,
      hint: t('simulate.edit.operatorHint', { amount: format(amountOf(target), ETH_UNIT) }),
    })),
    chosen,
    (value) => ({ value, label: nameOperatorByAddress(value, exposure), hint: t('simulate.edit.gone') }),
  );
}

export function SlashSentence({ event, exposure, targets, percent, onChange }: SentenceProps<SlashDraft>) {
  const { t } = useText();
  const { operator, services } = event;
  const chosen = targets.operators.find(({ address }) => address === operator);
  const hintService = useServiceHint(chosen);
  const operators = useOperatorOptions(
    targets.operators,
    operator === null ? [] : [operator],
    exposure,
    ({ valueWei }) => valueWei,
  );
  const options = keepChosen<string>(
    [
      { value: ALL, label: t('simulate.edit.allServices') },
      ...(chosen?.services ?? []).map((service) => ({
        value: service.id,
        label: nameServiceById(service.id, exposure),
        hint: hintService(service),
      })),
    ],
    listChosen(services),
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
            value={operator}
            options={operators}
            onChoose={(address) => {
              const target = targets.operators.find((candidate) => candidate.address === address);
              if (target) onChange(chooseOperator(event, target));
            }}
          />
        ),
        percent,
        service: (
          <Choices
            label={t('simulate.edit.service')}
            values={listChosen(services)}
            options={options}
            onChoose={(values) => onChange({ ...event, services: readChosen(values, services) })}
          />
        ),
      }}
    />
  );
}

function listChosen<Id extends string>(chosen: Chosen<Id>): readonly (Id | typeof ALL)[] {
  return chosen === ALL ? [ALL] : chosen;
}

/** All and some exclude each other: what was picked last counts. */
function readChosen<Id extends string>(values: readonly (Id | typeof ALL)[], before: Chosen<Id>): Chosen<Id> {
  if (values.includes(ALL) && before !== ALL) return ALL;
  return values.filter((value): value is Id => value !== ALL);
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

export function ServiceSentence({
  event,
  exposure,
  targets,
  percent,
  onChange,
}: SentenceProps<ServiceDraft>) {
  const { t } = useText();
  const format = useFormatAmount();
  const options = keepChosen<string>(
    targets.services.map(({ id, allocatedWei, operatorCount }) => ({
      value: id,
      label: nameServiceById(id, exposure),
      hint: t('simulate.edit.serviceAmountHint', {
        amount: format(allocatedWei, ETH_UNIT),
        count: operatorCount,
      }),
    })),
    event.service === null ? [] : [event.service],
    (value) => ({ value, label: nameServiceById(value, exposure), hint: t('simulate.edit.gone') }),
  );
  return (
    <Trans
      t={t}
      i18nKey="simulate.edit.compromise"
      components={{
        service: (
          <Choice
            label={t('simulate.edit.service')}
            value={event.service}
            options={options}
            onChoose={(service) => onChange({ ...event, service })}
          />
        ),
        percent,
      }}
    />
  );
}

/** Stands for no client in the list: what a select shows has a value. No dependency has this id. */
const NO_CLIENT = 'none';

export function ClientSentence({ event, exposure, targets, percent, onChange }: SentenceProps<ClientDraft>) {
  const { t } = useText();
  const format = useFormatAmount();
  const { client, operators } = event;
  const clients = keepChosen<string>(
    [
      { value: NO_CLIENT, label: t('simulate.edit.noClient'), hint: t('simulate.edit.noClientHint') },
      ...targets.dependencies
        .filter(({ kind }) => kind === 'client')
        .map(({ id, name, valueWei }) => ({
          value: id,
          label: name,
          hint: t('simulate.edit.clientHint', { amount: format(valueWei, ETH_UNIT) }),
        })),
    ],
    client === null ? [] : [client],
    (value) => ({ value, label: nameDependencyById(value, exposure), hint: t('simulate.edit.gone') }),
  );
  const some = useOperatorOptions(
    targets.operators.filter(({ consensusWei }) => consensusWei > 0n),
    operators === ALL ? [] : operators,
    exposure,
    ({ consensusWei }) => consensusWei,
  );
  const options: readonly SelectOption<EvmAddress | typeof ALL>[] = [
    { value: ALL, label: t('simulate.edit.allOperators') },
    ...some,
  ];
  return (
    <Trans
      t={t}
      i18nKey="simulate.edit.client"
      components={{
        client: (
          <Choice
            label={t('simulate.edit.clientLabel')}
            value={client ?? NO_CLIENT}
            options={clients}
            onChoose={(id) => onChange({ ...event, client: id === NO_CLIENT ? null : id })}
          />
        ),
        percent,
        operators: (
          <Choices
            label={t('simulate.edit.operators')}
            values={listChosen(operators)}
            options={options}
            onChoose={(values) => onChange({ ...event, operators: readChosen(values, operators) })}
          />
        ),
      }}
    />
  );
}
