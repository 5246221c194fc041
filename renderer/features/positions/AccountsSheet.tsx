import { Ellipsis, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { watchedText, type Account } from '../../../shared/domain/account.ts';
import { nameAccount } from '../../../shared/domain/names.ts';
import { formatDate } from '../../../shared/format/time.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Mono } from '../../ui/Mono.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './AccountsSheet.module.css';
import { EigenlayerFactList } from './EigenlayerFactList.tsx';
import { RenameAccountDialog } from './RenameAccountDialog.tsx';

interface AccountsSheetProps {
  readonly view: PortfolioView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onAdd: () => void;
}

/** What is watched, with every address in full. */
export function AccountsSheet({ view, isOpen, onClose, onAdd }: AccountsSheetProps) {
  const { t } = useText();
  const [renamed, setRenamed] = useState<Account | null>(null);
  const { accounts, eigenlayer, portfolio, unreadAccountIds } = view;
  return (
    <>
      <Dialog
        title={t('positions.account.title')}
        lead={t('positions.account.lead', { count: accounts.length })}
        isOpen={isOpen}
        onClose={onClose}
        size="sheet"
        actions={
          <Button icon={Plus} onClick={onAdd}>
            {t('positions.addAccount')}
          </Button>
        }
      >
        {accounts.length === 0 && <p className={styles.none}>{t('positions.account.none')}</p>}
        <ul>
          {accounts.map((account) => (
            <li key={account.id} className={styles.account}>
              <div className={styles.head}>
                <span className={styles.name}>{nameAccount(account)}</span>
                {portfolio.kind === 'user' && (
                  <AccountMenu account={account} onRename={() => setRenamed(account)} />
                )}
              </div>
              <div className={styles.address}>
                <Mono>{watchedText(account)}</Mono>
                <CopyButton text={watchedText(account)} label={t('positions.account.copy')} />
              </div>
              <AccountNote account={account} isUnread={unreadAccountIds.includes(account.id)} />
              <EigenlayerFactList facts={eigenlayer.find(({ accountId }) => accountId === account.id)} />
            </li>
          ))}
        </ul>
      </Dialog>
      <RenameAccountDialog account={renamed} onClose={() => setRenamed(null)} />
    </>
  );
}

function AccountMenu({ account, onRename }: { readonly account: Account; readonly onRename: () => void }) {
  const { t } = useText();
  const showUndo = useUndoToast();
  const { run } = useCommand('accounts.remove');
  const name = nameAccount(account);
  const remove = async () => {
    const outcome = await run({ accountId: account.id });
    if (outcome.ok) showUndo(t('positions.account.removed', { name }));
    else toast({ title: t('positions.account.removeFailed'), body: outcome.error.message, tone: 'loss' });
  };
  return (
    <Menu
      align="end"
      trigger={<IconButton icon={Ellipsis} size="sm" label={t('positions.account.moreFor', { name })} />}
      items={[
        { id: 'rename', label: t('positions.account.rename'), icon: Pencil, run: onRename },
        'separator',
        {
          id: 'remove',
          label: t('positions.account.remove'),
          icon: Trash2,
          isLoss: true,
          run: () => void remove(),
        },
      ]}
    />
  );
}

function AccountNote({ account, isUnread }: { readonly account: Account; readonly isUnread: boolean }) {
  const { t, locale } = useText();
  const { createdAt } = account;
  const ensName = account.kind === 'evm' ? account.ensName : null;
  const search = account.kind === 'bitcoin' && account.form !== 'address' ? account : null;
  if (ensName === null && search === null && !isUnread) return null;
  return (
    <p className={styles.note}>
      {ensName !== null && t('positions.account.ens', { name: ensName, date: formatDate(createdAt, locale) })}
      {search !== null && t('positions.account.search', { count: search.gapLimit })}
      {isUnread && <StateWord tone="information">{t('positions.account.unread')}</StateWord>}
    </p>
  );
}
