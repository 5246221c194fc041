/** Which portfolio is shown, and what is known of it. */
import { useCallback } from 'react';
import type { Portfolio } from '../../shared/domain/account.ts';
import type { PortfolioView } from '../../shared/contract/methods.ts';
import { useSaveSettings, useSettings } from './settings.ts';
import { useQuery, type QueryState } from './useQuery.ts';

const NONE: readonly Portfolio[] = [];

export function usePortfolios(): readonly Portfolio[] {
  return useQuery('portfolios.list', {}).data ?? NONE;
}

/** The one last chosen, or the first; null until the list is there. */
function choosePortfolio(portfolios: readonly Portfolio[], lastId: string | null): Portfolio | null {
  return portfolios.find((portfolio) => portfolio.id === lastId) ?? portfolios[0] ?? null;
}

export function usePortfolio(): Portfolio | null {
  return choosePortfolio(usePortfolios(), useSettings().lastPortfolio);
}

/** Whether what is shown is invented. */
export function useIsSample(): boolean {
  return usePortfolio()?.kind === 'sample';
}

export function useSelectPortfolio(): (id: string) => Promise<void> {
  const save = useSaveSettings();
  return useCallback((id) => save({ lastPortfolio: id }), [save]);
}

export function usePortfolioView(): QueryState<PortfolioView> {
  const portfolioId = usePortfolio()?.id ?? null;
  return useQuery('portfolios.view', portfolioId === null ? null : { portfolioId });
}
