import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { useText } from '../../state/text.ts';
import { Banner } from '../../ui/Banner.tsx';
import { RefreshButton } from './RefreshButton.tsx';

/** Accounts added since the last reading: told, because the totals do not contain them. */
export function UnreadNotice({ view }: { readonly view: PortfolioView }) {
  const { t } = useText();
  const count = view.unreadAccountIds.length;
  if (count === 0 || view.freshness.kind === 'never') return null;
  return (
    <Banner tone="information" actions={<RefreshButton view={view} size="sm" />}>
      {t('positions.unread', { count })}
    </Banner>
  );
}
