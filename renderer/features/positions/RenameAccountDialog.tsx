import { useState } from 'react';
import { LABEL_MAX_LENGTH, type Account } from '../../../shared/domain/account.ts';
import { findSecret, type SecretKind } from '../../../shared/domain/secrets.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { TextField } from '../../ui/TextField.tsx';

interface RenameAccountDialogProps {
  /** Null: closed. */
  readonly account: Account | null;
  readonly onClose: () => void;
}

export function RenameAccountDialog({ account, onClose }: RenameAccountDialogProps) {
  return account && <OpenRenameDialog key={account.id} account={account} onClose={onClose} />;
}

interface OpenRenameDialogProps extends RenameAccountDialogProps {
  readonly account: Account;
}

function OpenRenameDialog({ account, onClose }: OpenRenameDialogProps) {
  const { t } = useText();
  const showUndo = useUndoToast();
  const rename = useCommand('accounts.rename');
  const [label, setLabel] = useState(account.label);
  const [refused, setRefused] = useState<SecretKind | null>(null);
  const type = (text: string) => {
    const secret = findSecret(text, 'label');
    setRefused(secret);
    setLabel(secret === null ? text : '');
  };
  const submit = async () => {
    if (rename.isRunning) return;
    const outcome = await rename.run({ accountId: account.id, label });
    if (!outcome.ok) return;
    onClose();
    const name = outcome.value.label;
    if (name !== account.label) {
      showUndo(name === '' ? t('positions.account.cleared') : t('positions.account.renamed', { name }));
    }
  };
  return (
    <Dialog
      title={t('positions.account.renameTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('shell.cancel')}</Button>
          <Button variant="primary" isBusy={rename.isRunning} onClick={() => void submit()}>
            {t('positions.account.save')}
          </Button>
        </>
      }
    >
      {refused && (
        <Banner tone="loss" title={t('positions.add.refused')} isUrgent>
          {t(`secret.${refused}`)}
        </Banner>
      )}
      {rename.error && <ErrorNotice error={rename.error} />}
      <TextField
        label={t('positions.add.label')}
        value={label}
        onChange={type}
        onEnter={() => void submit()}
        help={t('positions.add.labelHelp')}
        maxLength={LABEL_MAX_LENGTH}
        hasAutoFocus
      />
    </Dialog>
  );
}
