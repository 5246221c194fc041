/** A statement as a sentence. Amounts go through the page's formatter, so that hiding them covers sentences too. */
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { formatAge, formatDate } from '../../../shared/format/time.ts';
import { formatValue } from '../../../shared/format/numbers.ts';
import type { Translate } from '../../../shared/text/text.ts';
import type { FormatAmount } from '../../state/amounts.ts';
import type { Statement } from './statements.ts';

interface Wording {
  readonly t: Translate;
  readonly formatAmount: FormatAmount;
  readonly locale: string;
  /** Unix milliseconds. */
  readonly now: number;
}

export function describeStatement(statement: Statement, { t, formatAmount, locale, now }: Wording): string {
  const amountOf = (wei: bigint): string => formatAmount(wei, ETH_UNIT);
  const shareOf = (share: bigint): string => formatValue(share, SHARE_UNIT, { locale, digits: 1 });
  switch (statement.kind) {
    case 'old':
      return t('overview.statement.old', { age: formatAge(statement.readAt, now, locale) });
    case 'slashed':
      return statement.lostWei === null
        ? t('overview.statement.slashedUnknown', { count: statement.count })
        : t('overview.statement.slashed', { count: statement.count, amount: amountOf(statement.lostWei) });
    case 'operator':
      return describeOperator(statement, t, amountOf);
    case 'unread':
      return t('overview.statement.unread', { count: statement.count });
    case 'dependency':
      return t('overview.statement.dependency', {
        dependency: statement.name,
        share: shareOf(statement.share),
      });
    case 'queued':
      return t(statement.time < now ? 'overview.statement.queuedPast' : 'overview.statement.queued', {
        count: statement.count,
        amount: amountOf(statement.wei),
        block: formatValue(statement.block, { symbol: '', decimals: 0, kind: 'count' }, { locale }),
        date: formatDate(statement.time, locale),
      });
    case 'provider':
      return t('overview.statement.provider', {
        provider: statement.name,
        loss: amountOf(statement.lossWei),
      });
    case 'ready':
      return statement.wei === null
        ? t('overview.statement.readyUnknown', { count: statement.count })
        : t('overview.statement.ready', { count: statement.count, amount: amountOf(statement.wei) });
    case 'hidden':
      return t('overview.statement.hidden', { share: shareOf(statement.share) });
    case 'nothing-allocated':
      return t('overview.statement.nothingAllocated');
    case 'nothing-restaked':
      return t('overview.statement.nothingRestaked');
    case 'restaking-unread':
      return t(
        statement.isNotAsked ? 'overview.statement.restakingNotAsked' : 'overview.statement.restakingPartial',
      );
  }
}

type OperatorStatement = Extract<Statement, { kind: 'operator' }>;

/** What is not seen is not in the loss, and the sentence says so. */
function describeOperator(
  { name: operator, lossWei, hiddenWei, unvaluedCount }: OperatorStatement,
  t: Translate,
  amountOf: (wei: bigint) => string,
): string {
  const loss = amountOf(lossWei);
  if (hiddenWei > 0n) {
    return t('overview.statement.operatorSeen', { operator, loss, hidden: amountOf(hiddenWei) });
  }
  return t(unvaluedCount > 0 ? 'overview.statement.operatorValued' : 'overview.statement.operator', {
    operator,
    loss,
  });
}
