import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { UnreadNotice } from '../positions/UnreadNotice.tsx';

/** That what is shown is older than it should be, or lacks an account. */
export function ReadingNotices({ view }: { readonly view: PortfolioView }) {
  const { error } = view.freshness;
  return (
    <>
      {error && <ErrorNotice error={error} tone="caution" />}
      <UnreadNotice view={view} />
    </>
  );
}
