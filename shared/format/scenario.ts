/** Scenario events and loss reasons as sentences: one wording for the screen, the command line and the report. */
import { shortenAddress } from '../domain/address.ts';
import type { Exposure } from '../domain/exposure.ts';
import { ETH_UNIT, SHARES_UNIT, SHARE_UNIT, type Unit } from '../domain/figure.ts';
import { nameService } from '../domain/names.ts';
import type { LossReason, ScenarioEvent } from '../domain/scenario.ts';
import type { Translate } from '../text/text.ts';
import { formatValue, toDecimalText } from './numbers.ts';

type Names = Pick<Exposure, 'operators' | 'services' | 'dependencies' | 'strategies'>;

export function nameOperatorByAddress(address: string, names: Names): string {
  return names.operators.find((operator) => operator.address === address)?.name ?? shortenAddress(address);
}

/** A service's name; without one, its AVS address and operator set. */
export function nameServiceById(id: string, names: Names): string {
  const service = names.services.find((candidate) => candidate.id === id);
  return service ? nameService(service) : id;
}

function nameStrategy(address: string, names: Names): string {
  return names.strategies.find((strategy) => strategy.address === address)?.name ?? shortenAddress(address);
}

function findDependencyName(id: string, names: Names): { name: string; kind: string } {
  return names.dependencies.find((dependency) => dependency.id === id) ?? { name: id, kind: 'contract' };
}

/** `10%`, `12.5%`: as many decimals as the share has, at most four. */
function formatPercent(share: bigint): string {
  const decimals = toDecimalText(share, SHARE_UNIT.decimals - 2).split('.')[1]?.length ?? 0;
  return formatValue(share, SHARE_UNIT, { digits: Math.min(decimals, 4) });
}

/** "Alder Works is slashed 10% of what it allocated to Beacon Relay." */
export function describeEvent(event: ScenarioEvent, names: Names, t: Translate): string {
  if (event.kind === 'contract-failure') {
    const { name, kind } = findDependencyName(event.dependency, names);
    const key = kind === 'contract' ? 'simulate.event.contract' : 'simulate.event.oracle';
    return t(key, { dependency: name, percent: formatPercent(event.loss) });
  }
  const operator = nameOperatorByAddress(event.operator, names);
  const percent = formatPercent(event.wad);
  return event.service === 'all'
    ? t('simulate.event.slashAll', { operator, percent })
    : t('simulate.event.slashOne', { operator, percent, service: nameServiceById(event.service, names) });
}

/** How amounts are written; a screen may cover them. */
type WriteAmount = (value: bigint, unit: Unit, options?: { readonly isBare?: boolean }) => string;

/** Why a position lost something, with the numbers a reader needs to check it by hand. */
export function describeReason(
  reason: LossReason,
  names: Names,
  t: Translate,
  write: WriteAmount = formatValue,
): string {
  const loss = write(reason.lossWei, ETH_UNIT);
  if (reason.kind === 'dependency') {
    const { name } = findDependencyName(reason.dependency, names);
    return t('simulate.reason.dependency', { dependency: name, percent: formatPercent(reason.loss), loss });
  }
  const params = {
    service: nameServiceById(reason.serviceId, names),
    operator: nameOperatorByAddress(reason.operator, names),
    strategy: nameStrategy(reason.strategy, names),
    before: toDecimalText(reason.maxMagnitudeBefore, 18),
    after: toDecimalText(reason.maxMagnitudeAfter, 18),
    loss,
  };
  if (reason.shares === null) return t('simulate.reason.pooled', params);
  return t('simulate.reason.shares', {
    ...params,
    sharesBefore: write(reason.shares.before, SHARES_UNIT, { isBare: true }),
    sharesAfter: write(reason.shares.after, SHARES_UNIT, { isBare: true }),
  });
}
