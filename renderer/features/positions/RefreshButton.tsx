import { RotateCw, X } from 'lucide-react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { formatValue } from '../../../shared/format/numbers.ts';
import { useRunningJobs } from '../../state/jobs.ts';
import { navigate } from '../../state/route.ts';
import { useSettings } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useRefresh } from '../../shell/useRefresh.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { findMissingServer } from './missingServer.ts';
import { IconButton } from '../../ui/IconButton.tsx';

interface RefreshButtonProps {
  readonly view: PortfolioView | undefined;
  readonly isPrimary?: boolean | undefined;
  readonly size?: 'md' | 'sm' | undefined;
}

/** Reads the portfolio's accounts anew, or leads to the server that is missing for it. The sample is never read. */
export function RefreshButton({ view, isPrimary = false, size }: RefreshButtonProps) {
  const { t } = useText();
  const settings = useSettings();
  const { refresh, isRefreshing } = useRefresh();
  const portfolio = view?.portfolio;
  const running = useRunningJobs().find((job) => job.kind === 'refresh' && job.portfolioId === portfolio?.id);
  if (!view || !portfolio || portfolio.kind === 'sample' || view.accounts.length === 0) return null;
  const variant = isPrimary ? 'primary' : 'default';
  const missing = findMissingServer(portfolio, view.accounts, settings);
  if (missing !== null) {
    return (
      <Button variant={variant} size={size} onClick={() => navigate('settings', { setting: missing })}>
        {t(missing === 'rpcUrls' ? 'positions.refresh.setNode' : 'positions.refresh.setServer')}
      </Button>
    );
  }
  if (running) return <RunningRefresh jobId={running.id} progress={running.progress} size={size} />;
  return (
    <Button variant={variant} size={size} icon={RotateCw} isBusy={isRefreshing} onClick={refresh}>
      {t('positions.refresh.action')}
    </Button>
  );
}

interface RunningRefreshProps {
  readonly jobId: string;
  /** 0 to 1; null while the amount of work is not known. */
  readonly progress: number | null;
  readonly size: 'md' | 'sm' | undefined;
}

function RunningRefresh({ jobId, progress, size }: RunningRefreshProps) {
  const { t, locale } = useText();
  const cancel = useCommand('jobs.cancel');
  const percent =
    progress === null
      ? null
      : formatValue(BigInt(Math.round(progress * 100)) * 10n ** 16n, SHARE_UNIT, { locale, digits: 0 });
  return (
    <>
      <Button size={size} isBusy>
        {percent === null
          ? t('positions.refresh.runningUnknown')
          : t('positions.refresh.running', { percent })}
      </Button>
      <IconButton
        icon={X}
        size={size}
        label={t('positions.refresh.cancel')}
        onClick={() => void cancel.run({ jobId })}
      />
    </>
  );
}
