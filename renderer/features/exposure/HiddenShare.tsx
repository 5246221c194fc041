import type { Exposure } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { fractionOf, sumOf } from '../../../shared/domain/units.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import { Banner } from '../../ui/Banner.tsx';

/** What cannot be looked through, how much it is and why: in one sentence. */
export function HiddenShare({ exposure }: { readonly exposure: Exposure }) {
  const { t, locale } = useText();
  const format = useFormatAmount();
  const legs = exposure.positions.flatMap(({ symbol, legs: own }) => own.map((leg) => ({ ...leg, symbol })));
  const hidden = legs.filter(({ kind, bookWei }) => kind === 'hidden' && bookWei > 0n);
  const unvalued = exposure.positions.filter(({ bookWei }) => bookWei === null).length;
  if (hidden.length === 0) {
    if (unvalued === 0) return <Banner tone="confirmed">{t('exposure.hiddenNone')}</Banner>;
    const seen = format(sumOf(legs.map(({ bookWei }) => bookWei)), ETH_UNIT);
    return <Banner tone="caution">{t('exposure.hiddenUnvalued', { amount: seen, count: unvalued })}</Banner>;
  }
  const hiddenWei = sumOf(hidden.map(({ bookWei }) => bookWei));
  const share = fractionOf(hiddenWei, sumOf(legs.map(({ bookWei }) => bookWei))) ?? 0n;
  const tokens = [...new Set(hidden.map(({ symbol }) => symbol))];
  return (
    <Banner tone="caution">
      {t('exposure.hidden', {
        amount: format(hiddenWei, ETH_UNIT),
        share: format(share, SHARE_UNIT),
        tokens: new Intl.ListFormat(locale).format(tokens),
      })}
    </Banner>
  );
}
