import { useState } from 'react';
import { ETHEREUM_NETWORK_ID } from '../../shared/domain/network.ts';
import { navigate } from '../state/route.ts';
import { usePortfolios, useSelectPortfolio } from '../state/portfolio.ts';
import { useText } from '../state/text.ts';
import { useUndoToast } from '../state/undo.ts';
import { useCommand } from '../state/useCommand.ts';
import { useQuery } from '../state/useQuery.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import { TextField } from '../ui/TextField.tsx';
import { isNameTaken } from './isNameTaken.ts';

interface CreatePortfolioDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function CreatePortfolioDialog({ isOpen, onClose }: CreatePortfolioDialogProps) {
  // What was typed goes with the dialog.
  return isOpen && <OpenDialog onClose={onClose} />;
}

function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const networks = useQuery('networks.list', {}).data ?? [];
  const creation = useCommand('portfolios.create');
  const portfolios = usePortfolios();
  const select = useSelectPortfolio();
  const showUndo = useUndoToast();
  const [name, setName] = useState('');
  const [networkId, setNetworkId] = useState<string>(ETHEREUM_NETWORK_ID);
  const create = async () => {
    const outcome = await creation.run({ name: name.trim(), networkId });
    if (!outcome.ok) return;
    onClose();
    showUndo(t('shell.portfolio.created', { name: outcome.value.name }));
    await select(outcome.value.id);
    // The next thing to do with an empty portfolio.
    navigate('positions', { add: 'account' });
  };
  const isReady = name.trim() !== '';
  return (
    <Dialog
      title={t('shell.portfolio.createTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('shell.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={creation.isRunning}
            disabled={!isReady}
            onClick={() => void create()}
          >
            {t('shell.portfolio.createAction')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('shell.portfolio.name')}
        value={name}
        onChange={setName}
        placeholder={t('shell.portfolio.namePlaceholder')}
        onEnter={() => {
          if (isReady) void create();
        }}
        help={isNameTaken(name, portfolios) ? t('shell.portfolio.nameTaken') : undefined}
        hasAutoFocus
      />
      <SelectField
        label={t('shell.portfolio.network')}
        help={t('shell.portfolio.networkHelp')}
        value={networkId}
        onChange={setNetworkId}
        options={networks.map((network) => ({ value: network.id, label: network.name }))}
      />
      {creation.error && <ErrorNotice error={creation.error} />}
    </Dialog>
  );
}
