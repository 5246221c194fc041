import { useState } from 'react';
import type { Portfolio } from '../../shared/domain/account.ts';
import { usePortfolios } from '../state/portfolio.ts';
import { useText } from '../state/text.ts';
import { useUndoToast } from '../state/undo.ts';
import { useCommand } from '../state/useCommand.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { TextField } from '../ui/TextField.tsx';
import { isNameTaken } from './isNameTaken.ts';

interface RenamePortfolioDialogProps {
  readonly portfolio: Portfolio;
  readonly onClose: () => void;
}

export function RenamePortfolioDialog({ portfolio, onClose }: RenamePortfolioDialogProps) {
  const { t } = useText();
  const renaming = useCommand('portfolios.rename');
  const portfolios = usePortfolios();
  const showUndo = useUndoToast();
  const [name, setName] = useState(portfolio.name);
  const isReady = name.trim() !== '' && name.trim() !== portfolio.name;
  const rename = async () => {
    const outcome = await renaming.run({ portfolioId: portfolio.id, name: name.trim() });
    if (!outcome.ok) return;
    onClose();
    showUndo(t('shell.portfolio.renamed', { name: outcome.value.name }));
  };
  return (
    <Dialog
      title={t('shell.portfolio.renameTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('shell.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={renaming.isRunning}
            disabled={!isReady}
            onClick={() => void rename()}
          >
            {t('shell.portfolio.renameAction')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('shell.portfolio.name')}
        value={name}
        onChange={setName}
        onEnter={() => {
          if (isReady) void rename();
        }}
        help={isNameTaken(name, portfolios, portfolio.id) ? t('shell.portfolio.nameTaken') : undefined}
        hasAutoFocus
      />
      {renaming.error && <ErrorNotice error={renaming.error} />}
    </Dialog>
  );
}
