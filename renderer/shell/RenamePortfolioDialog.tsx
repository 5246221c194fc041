import { useState } from 'react';
import type { Portfolio } from '../../shared/domain/account.ts';
import { useText } from '../state/text.ts';
import { useUndoToast } from '../state/undo.ts';
import { useCommand } from '../state/useCommand.ts';
import { PortfolioNameDialog } from './PortfolioNameDialog.tsx';

interface RenamePortfolioDialogProps {
  readonly portfolio: Portfolio;
  readonly onClose: () => void;
}

export function RenamePortfolioDialog({ portfolio, onClose }: RenamePortfolioDialogProps) {
  const { t } = useText();
  const renaming = useCommand('portfolios.rename');
  const showUndo = useUndoToast();
  const [name, setName] = useState(portfolio.name);
  const rename = async () => {
    const outcome = await renaming.run({ portfolioId: portfolio.id, name: name.trim() });
    if (!outcome.ok) return;
    onClose();
    showUndo(t('shell.portfolio.renamed', { name: outcome.value.name }));
  };
  return (
    <PortfolioNameDialog
      title={t('shell.portfolio.renameTitle')}
      action={t('shell.portfolio.renameAction')}
      name={name}
      onNameChange={setName}
      ownId={portfolio.id}
      isReady={name.trim() !== '' && name.trim() !== portfolio.name}
      isBusy={renaming.isRunning}
      error={renaming.error}
      onSubmit={() => void rename()}
      onClose={onClose}
    />
  );
}
