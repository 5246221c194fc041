/** Scenario events and loss reasons as sentences: one wording for the screen, the command line and the report. */
import { shortenAddress } from '../domain/address.ts';
import { type Exposure, nameProvider } from '../domain/exposure.ts';
import { ETH_UNIT, SHARES_UNIT, SHARE_UNIT, type Unit, BTC_UNIT } from '../domain/figure.ts';
import { findInstrument, type Dependency } from '../domain/instrument.ts';
import { nameService } from '../domain/names.ts';
import { ALL } from '../domain/scenario-kinds.ts';
import type { EventOf, LossReason, PositionResult, ScenarioEvent } from '../domain/scenario.ts';
import { mulDivFloor, WAD } from '../domain/units.ts';
import type { Translate } from '../text/text.ts';
import { formatValue, toDecimalText } from './numbers.ts';

type Names = Pick<Exposure, 'operators' | 'services' | 'dependencies' | 'strategies'> &
  Partial<Pick<Exposure, 'positions'>>;

export function nameOperatorByAddress(address: string, names: Names): string {
  return names.operators.find((operator) => operator.address === address)?.name ?? shortenAddress(address);
}

/** A service's name; without one, its AVS address and operator set. */
export function nameServiceById(id: string, names: Names): string {
  const service = names.services.find((candidate) => candidate.id === id);
  return service ? nameService(service) : id;
}

/** The symbol of a token held, or of one the program knows. */
export function nameInstrumentById(id: string, names: Names): string {
  const held = names.positions?.find(({ instrumentId }) => instrumentId === id);
  return held?.symbol ?? findInstrument(id)?.symbol ?? id;
}

/** A finality provider of Babylon: its name where one is known, else enough of its key. */
function nameProviderById(id: string, names: Names): string {
  const legs = names.positions?.flatMap((position) => position.legs) ?? [];
  const leg = legs.find((one) => one.kind === 'provider' && one.provider === id);
  return leg?.kind === 'provider' ? nameProvider(leg) : shortenAddress(id);
}

export function nameDependencyById(id: string, names: Names): string {
  return findDependency(id, names).name;
}

/** The token a strategy or vault holds. */
export function nameStrategy(address: string, names: Names): string {
  return names.strategies.find((strategy) => strategy.address === address)?.name ?? shortenAddress(address);
}

function findDependency(id: string, names: Names): Pick<Dependency, 'name' | 'kind'> {
  return names.dependencies.find((dependency) => dependency.id === id) ?? { name: id, kind: 'contract' };
}

/** Beyond this many only their number is said. */
const MOST_NAMED = 3;

/** "A", "A and B", "A, B and C", "A, B and 4 more". */
export function joinNames(names: readonly string[], t: Translate): string {
  const rest = names.length - MOST_NAMED;
  if (rest > 0) {
    const [head, tail] = [names.slice(0, MOST_NAMED - 1), t('simulate.event.more', { count: rest + 1 })];
    return t('simulate.event.and', { head: head.join(', '), tail });
  }
  const [last = ''] = names.slice(-1);
  if (names.length < 2) return last;
  return t('simulate.event.and', { head: names.slice(0, -1).join(', '), tail: last });
}

/** `10%`, `12.5%`: as many decimals as the share has, at most four. */
function formatPercent(share: bigint): string {
  const decimals = toDecimalText(share, SHARE_UNIT.decimals - 2).split('.')[1]?.length ?? 0;
  return formatValue(share, SHARE_UNIT, { digits: Math.min(decimals, 4) });
}

/** "Alder Works is slashed 10% of what it allocated to Beacon Relay." */
export function describeEvent(event: ScenarioEvent, names: Names, t: Translate): string {
  switch (event.kind) {
    case 'operator-slash':
      return describeSlash(event, names, t);
    case 'service-compromised':
      return t('simulate.event.service', {
        service: nameServiceById(event.service, names),
        percent: formatPercent(event.wad),
      });
    case 'client-bug':
      return describeClientBug(event, names, t);
    case 'provider-slash':
      return t('simulate.event.provider', { provider: nameProviderById(event.provider, names) });
    case 'contract-failure': {
      const { name, kind } = findDependency(event.dependency, names);
      return t(`simulate.event.failure.${kind}`, { dependency: name, percent: formatPercent(event.loss) });
    }
    case 'unbacked-supply':
      return t('simulate.event.unbacked', {
        tokens: nameTokens(event.instruments, names, t),
        percent: formatPercent(event.share),
      });
    case 'depeg':
      return t('simulate.event.depeg', {
        tokens: nameTokens(event.instruments, names, t),
        percent: formatPercent(event.discount),
      });
    case 'queue-closed': {
      const tokens = nameTokens(event.instruments, names, t);
      if (event.days === null) return t('simulate.event.queueOpen', { tokens });
      return t('simulate.event.queue', { tokens, count: event.days });
    }
  }
}

/** Whom or what the event strikes, for a drawing: "Alder Works", "stETH and wstETH". */
export function nameEvent(event: ScenarioEvent, names: Names, t: Translate): string {
  switch (event.kind) {
    case 'operator-slash':
      return nameOperatorByAddress(event.operator, names);
    case 'service-compromised':
      return nameServiceById(event.service, names);
    case 'client-bug':
      return event.client === null
        ? t('simulate.event.validatorsShort')
        : nameDependencyById(event.client, names);
    case 'provider-slash':
      return nameProviderById(event.provider, names);
    case 'contract-failure':
      return nameDependencyById(event.dependency, names);
    case 'unbacked-supply':
    case 'depeg':
    case 'queue-closed':
      return nameTokens(event.instruments, names, t);
  }
}

function nameTokens(instruments: readonly string[], names: Names, t: Translate): string {
  return joinNames([...new Set(instruments.map((id) => nameInstrumentById(id, names)))], t);
}

function describeSlash(event: EventOf<'operator-slash'>, names: Names, t: Translate): string {
  const operator = nameOperatorByAddress(event.operator, names);
  const percent = formatPercent(event.wad);
  const found = names.operators.find(({ address }) => address === event.operator);
  const isShared = found !== undefined && found.mode !== 'unique';
  const { service } = event;
  if (service === ALL) {
    return t(isShared ? 'simulate.event.slashAllShared' : 'simulate.event.slashAll', { operator, percent });
  }
  const ids = typeof service === 'string' ? [service] : service;
  const services = joinNames(
    ids.map((id) => nameServiceById(id, names)),
    t,
  );
  if (isShared) return t('simulate.event.slashShared', { operator, percent, services });
  return ids.length === 1
    ? t('simulate.event.slashOne', { operator, percent, service: services })
    : t('simulate.event.slashSome', { operator, percent, services });
}

function describeClientBug(event: EventOf<'client-bug'>, names: Names, t: Translate): string {
  const percent = formatPercent(event.loss);
  const client = event.client === null ? '' : nameDependencyById(event.client, names);
  if (event.operators === ALL) {
    return event.client === null
      ? t('simulate.event.validatorsAll', { percent })
      : t('simulate.event.clientAll', { client, percent });
  }
  const operators = joinNames(
    event.operators.map((address) => nameOperatorByAddress(address, names)),
    t,
  );
  if (event.client === null) return t('simulate.event.validators', { operators, percent });
  return event.operators.length === 0
    ? t('simulate.event.client', { client, percent })
    : t('simulate.event.clientSome', { client, operators, percent });
}

/** How amounts are written; a screen may cover them. */
type WriteAmount = (
  value: bigint,
  unit: Unit,
  options?: { readonly isBare?: boolean; readonly digits?: number },
) => string;

/** Why a position lost something, with the numbers a reader needs to check it by hand. */
export function describeReason(
  reason: LossReason,
  names: Names,
  t: Translate,
  write: WriteAmount = formatValue,
): string {
  const loss = write(reason.lossWei, ETH_UNIT);
  switch (reason.kind) {
    case 'slash':
      return describeSlashReason(reason, names, t, write);
    case 'dependency':
      return t('simulate.reason.dependency', {
        dependency: nameDependencyById(reason.dependency, names),
        percent: formatPercent(reason.loss),
        loss,
      });
    case 'consensus':
      return t('simulate.reason.consensus', {
        operator: nameOperatorByAddress(reason.operator, names),
        percent: formatPercent(reason.loss),
        loss,
      });
    case 'stake-slash':
      return t('simulate.reason.stake', {
        provider: nameProviderById(reason.provider, names),
        loss,
        sat: write(reason.lossSat, BTC_UNIT, { digits: BTC_UNIT.decimals }),
        of: write(reason.ofSat, BTC_UNIT, { digits: BTC_UNIT.decimals }),
      });
    case 'unbacked': {
      const after = mulDivFloor(reason.share, WAD, WAD + reason.share);
      return t('simulate.reason.unbacked', {
        percent: formatPercent(reason.share),
        after: formatValue(after, SHARE_UNIT),
        loss,
      });
    }
    case 'market':
      return t('simulate.reason.market', {
        percent: formatPercent(reason.discount),
        loss: write(reason.marketLossWei, ETH_UNIT),
      });
    case 'locked':
      return describeLock(reason, t);
  }
}

function describeSlashReason(
  reason: Extract<LossReason, { kind: 'slash' }>,
  names: Names,
  t: Translate,
  write: WriteAmount,
): string {
  const params = {
    service: nameServiceById(reason.serviceId, names),
    operator: nameOperatorByAddress(reason.operator, names),
    strategy: nameStrategy(reason.strategy, names),
    before: toDecimalText(reason.maxMagnitudeBefore, 18),
    after: toDecimalText(reason.maxMagnitudeAfter, 18),
    loss: write(reason.lossWei, ETH_UNIT),
  };
  const sentence =
    reason.shares === null
      ? t('simulate.reason.pooled', params)
      : t('simulate.reason.shares', {
          ...params,
          sharesBefore: write(reason.shares.before, SHARES_UNIT, { isBare: true }),
          sharesAfter: write(reason.shares.after, SHARES_UNIT, { isBare: true }),
        });
  return reason.isRedistributed === true ? `${sentence} ${t('simulate.reason.redistributed')}` : sentence;
}

/** "Cannot be redeemed for 14 days." */
function describeLock({ days }: NonNullable<PositionResult['lock']>, t: Translate): string {
  return days === null ? t('simulate.reason.lockedOpen') : t('simulate.reason.locked', { count: days });
}
