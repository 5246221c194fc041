import { useState } from 'react';
import { ETHEREUM_NETWORK_ID } from '../../shared/domain/network.ts';
import { navigate } from '../state/route.ts';
import { useSelectPortfolio } from '../state/portfolio.ts';
import { useText } from '../state/text.ts';
import { useUndoToast } from '../state/undo.ts';
import { useCommand } from '../state/useCommand.ts';
import { useQuery } from '../state/useQuery.ts';
import { SelectField } from '../ui/SelectField.tsx';
import { PortfolioNameDialog } from './PortfolioNameDialog.tsx';

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
  return (
    <PortfolioNameDialog
      title={t('shell.portfolio.createTitle')}
      action={t('shell.portfolio.createAction')}
      name={name}
      onNameChange={setName}
      placeholder={t('shell.portfolio.namePlaceholder')}
      isReady={name.trim() !== ''}
      isBusy={creation.isRunning}
      error={creation.error}
      onSubmit={() => void create()}
      onClose={onClose}
    >
      <SelectField
        label={t('shell.portfolio.network')}
        help={t('shell.portfolio.networkHelp')}
        value={networkId}
        onChange={setNetworkId}
        options={networks.map((network) => ({ value: network.id, label: network.name }))}
      />
    </PortfolioNameDialog>
  );
}
