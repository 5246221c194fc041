/** What a row of the holdings says beneath itself, as sentences: shares, operator, what was lost, when it is free. */
import { isOperatorLeg } from '../../shared/domain/exposure.ts';
import { estimateTimeOfBlock } from '../../shared/domain/block-time.ts';
import { readClaimEnd } from '../../shared/domain/claim-end.ts';
import { ETH_UNIT, SHARES_UNIT, SHARE_UNIT, type Figure, BTC_UNIT } from '../../shared/domain/figure.ts';
import type { Position, RestakingDetail } from '../../shared/domain/position.ts';
import type { Report } from '../../shared/domain/report.ts';
import { findEndOfReach, findReachInto } from '../../shared/domain/slash-reach.ts';
import { fractionOf } from '../../shared/domain/units.ts';
import { findTokenRate } from '../../shared/domain/value-rates.ts';
import { formatWait } from '../../shared/format/exit.ts';
import { formatBlock, formatValue, toDecimalText, formatFigure } from '../../shared/format/numbers.ts';
import { nameOperatorByAddress } from '../../shared/format/scenario.ts';
import { formatDate, formatMonth } from '../../shared/format/time.ts';
import type { Text } from '../state/text.ts';

export function describePosition(position: Position, report: Report, text: Text): string[] {
  return [
    ...describeRestaking(position, report, text),
    ...describeRequest(position, report, text),
    ...describeVault(position, report, text),
    ...describeStake(position, text),
    ...describeReach(position, report, text),
    ...describeBtc(position, text),
  ];
}

/** What a claim on bitcoin is counted as, which its rate in ETH hides. */
function describeBtc({ rate }: Position, { t, locale }: Text): string[] {
  const btcRate = findTokenRate(rate);
  if (btcRate?.value === null || btcRate === null) return [];
  return [t('reports.paper.holdings.btc', { rate: formatValue(btcRate.value, btcRate.unit, { locale }) })];
}

/** The most that slashing can take of it; nothing to say of what stands with no operator. */
function describeReach(position: Position, { exposure }: Report, { t, locale }: Text): string[] {
  const exposed = exposure.positions.find(({ id }) => id === position.id);
  if (!exposed?.legs.some(isOperatorLeg)) return [];
  const until = findEndOfReach(position);
  const { worstWei, unreadWei } = findReachInto(position, exposed, exposure);
  const amount = formatValue(worstWei, ETH_UNIT, { locale });
  return [
    t(`reports.paper.holdings.${until === undefined ? 'reach' : 'reachUntil'}`, { amount }),
    ...(unreadWei > 0n ? [t('reports.paper.holdings.reachUnread')] : []),
  ];
}

/** What EigenLayer does with slashed shares, once for all positions; null where it holds none back. */
export function describeSlashResolution({ positions, origin }: Report, { t, locale }: Text): string | null {
  const figures = positions.map(({ restaking }) => restaking?.slashResolution?.value ?? null);
  const blocks = figures.find((value) => value !== null) ?? null;
  if (blocks === null) return null;
  const wait = formatWait(Number(blocks) * origin.blockSeconds, t, locale);
  return t('reports.paper.holdings.heldBack', { blocks: formatBlock(blocks, locale), wait });
}

export function writeReason(figure: Figure, { t }: Text): string {
  return t(`figure.reason.${figure.reason?.code ?? 'input-unknown'}`);
}

/** Figures of shares as text, unknown ones in words. */
function writeShares(figure: Figure, text: Text): string {
  if (figure.value === null) return text.t('reports.paper.unknown', { reason: writeReason(figure, text) });
  return formatValue(figure.value, SHARES_UNIT, { locale: text.locale, isBare: true });
}

function writeLost(detail: RestakingDetail, text: Text): string {
  const { depositShares, withdrawableShares } = detail;
  const missing = [depositShares, withdrawableShares].find((figure) => figure.value === null);
  if (missing) return text.t('reports.paper.holdings.lostUnknown', { reason: writeReason(missing, text) });
  const before = depositShares.value ?? 0n;
  const lost = before - (withdrawableShares.value ?? 0n);
  if (lost <= 0n) return text.t('reports.paper.holdings.lostNothing');
  return text.t('reports.paper.holdings.lost', {
    lost: formatValue(lost, SHARES_UNIT, { locale: text.locale, isBare: true }),
    percent: formatValue(fractionOf(lost, before) ?? 0n, SHARE_UNIT, { locale: text.locale }),
  });
}

function writeOperator(detail: RestakingDetail, report: Report, { t }: Text): string {
  if (detail.isOperatorUnknown) return t('reports.paper.holdings.operatorUnknown');
  if (detail.operator === null) return t('reports.paper.holdings.operatorNone');
  return t('reports.paper.holdings.operator', {
    operator: nameOperatorByAddress(detail.operator, report.exposure),
  });
}

/** What restaking adds to a row, as sentences: shares, operator, what was lost, when it is free. */
function describeRestaking(position: Position, report: Report, text: Text): string[] {
  const detail = position.restaking;
  if (detail === null) return [];
  const shares = {
    deposited: writeShares(detail.depositShares, text),
    withdrawable: writeShares(detail.withdrawableShares, text),
  };
  const sentences = [writeOperator(detail, report, text)];
  if (position.state === 'queued') sentences.push(text.t('reports.paper.holdings.queued', shares));
  else if (position.state === 'completable')
    sentences.push(text.t('reports.paper.holdings.completable', shares));
  else {
    sentences.push(text.t('reports.paper.holdings.deposited', shares), writeLost(detail, text));
  }
  const magnitude = detail.maxMagnitude?.value ?? null;
  if (magnitude !== null) {
    sentences.push(text.t('reports.paper.holdings.magnitude', { magnitude: toDecimalText(magnitude, 18) }));
  }
  const block = detail.completableBlock?.value ?? null;
  if (block !== null && position.state === 'queued') {
    sentences.push(text.t('reports.paper.holdings.fromBlock', writeBlock(block, report, text)));
  }
  return sentences;
}

function writeBlock(block: bigint, { origin }: Report, { locale }: Text): { block: string; date: string } {
  return {
    block: formatBlock(block, locale),
    date: formatDate(estimateTimeOfBlock(block, origin), locale),
  };
}

/** What a withdrawal request adds to a row: what was given back, and whether what it pays is settled. */
function describeRequest({ request }: Position, report: Report, text: Text): string[] {
  const { t, locale } = text;
  if (request === undefined) return [];
  const { given, isFixed, claimableFrom } = request;
  const sentences: string[] = [t(`reports.paper.holdings.${isFixed ? 'settled' : 'notSettled'}`)];
  if (given.value !== null) {
    const amount = formatValue(given.value, given.unit, { locale });
    sentences.unshift(t('reports.paper.holdings.givenBack', { amount }));
  }
  return [...sentences, ...writeClaimEnd(claimableFrom, report, text)];
}

function writeClaimEnd(claimableFrom: Figure | null, report: Report, text: Text): string[] {
  const { t, locale } = text;
  const end = readClaimEnd(claimableFrom);
  if (end === null) return [];
  if (end.kind === 'block')
    return [t('reports.paper.holdings.claimFromBlock', writeBlock(end.block, report, text))];
  const date = formatDate(Number(end.second) * 1000, locale);
  return [t('reports.paper.holdings.claimFrom', { date })];
}

/** What a stake with Babylon adds to a row: with whom, until when, and what could be taken of it. */
function describeStake({ stake }: Position, { t, tKey, locale }: Text): string[] {
  if (stake === undefined) return [];
  const { versions, withdrawableFrom, withdrawableAt, lossIfSlashed, unbondingFee, unbondingBlocks } = stake;
  const provider = stake.finalityProviderName ?? stake.finalityProvider;
  const from = withdrawableFrom?.value ?? null;
  const at = withdrawableAt?.value ?? null;
  const loss = formatFigure(lossIfSlashed, { locale, digits: BTC_UNIT.decimals });
  const fee = unbondingFee && formatFigure(unbondingFee, { locale, digits: BTC_UNIT.decimals });
  return [
    t('reports.paper.holdings.stake', {
      provider,
      output: `${stake.txid}:${stake.outputIndex}`,
      state: tKey(`positions.stake.states.${stake.state}`),
    }),
    versions.length === 0
      ? t('reports.paper.holdings.stakeNoVersion')
      : t('reports.paper.holdings.stakeVersion', { count: versions.length, versions: versions.join(', ') }),
    ...(stake.state === 'withdrawable'
      ? []
      : from === null || at === null
        ? []
        : [
            t('reports.paper.holdings.stakeEnd', {
              block: formatBlock(from, locale),
              month: formatMonth(Number(at) * 1000, locale),
            }),
          ]),
    ...(loss === null ? [] : [t('reports.paper.holdings.stakeLoss', { loss })]),
    ...(fee === null || unbondingBlocks === null
      ? []
      : [t('reports.paper.holdings.stakeFee', { fee, blocks: unbondingBlocks })]),
  ];
}

/** What a stake with a vault adds to a row: where it is, and when what leaves it is free. */
function describeVault({ vault, state }: Position, report: Report, text: Text): string[] {
  if (vault === undefined) return [];
  const sentences: string[] = [text.t('reports.paper.holdings.vault', { address: vault.vault })];
  if (state === 'restaked') return sentences;
  sentences.push(text.t(`reports.paper.holdings.${vault.isFixed ? 'settled' : 'notSettled'}`));
  return [...sentences, ...writeClaimEnd(vault.claimableFrom, report, text)];
}
