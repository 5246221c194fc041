import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { formatBlock } from '../../../shared/format/numbers.ts';
import { formatAge } from '../../../shared/format/time.ts';
import { useText } from '../../state/text.ts';
import { useNow } from '../../state/useNow.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { UnreadNotice } from '../positions/UnreadNotice.tsx';

/** That what is shown is older than it should be, or lacks an account. */
export function ReadingNotices({ view }: { readonly view: PortfolioView }) {
  const { t, locale } = useText();
  const now = useNow(10_000);
  const { freshness } = view;
  const kept =
    freshness.kind === 'read'
      ? t('shell.freshness.kept', {
          block: formatBlock(freshness.origin.block.number, locale),
          age: formatAge(freshness.readAt, now, locale),
        })
      : undefined;
  return (
    <>
      {freshness.error && <ErrorNotice error={freshness.error} tone="caution" kept={kept} />}
      <UnreadNotice view={view} />
    </>
  );
}
