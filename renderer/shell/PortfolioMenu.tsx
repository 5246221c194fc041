import { ChevronDown, FlaskRound, Pencil, Plus, Trash2, Wallet } from 'lucide-react';
import { useState } from 'react';
import { usePortfolio, usePortfolios, useSelectPortfolio } from '../state/portfolio.ts';
import { useText } from '../state/text.ts';
import { useUndoToast } from '../state/undo.ts';
import { useCommand } from '../state/useCommand.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Menu, type MenuEntry } from '../ui/Menu.tsx';
import { toast } from '../ui/toast.ts';
import styles from './PortfolioMenu.module.css';
import { RenamePortfolioDialog } from './RenamePortfolioDialog.tsx';

/** Which portfolio is shown, and what can be done with portfolios. */
export function PortfolioMenu({ onCreate }: { readonly onCreate: () => void }) {
  const { t } = useText();
  const portfolios = usePortfolios();
  const portfolio = usePortfolio();
  const select = useSelectPortfolio();
  const removal = useCommand('portfolios.remove');
  const showUndo = useUndoToast();
  const [dialog, setDialog] = useState<'rename' | 'remove' | null>(null);
  if (portfolio === null) return <span className={styles.none}>{t('shell.portfolio.none')}</span>;

  const isFixed = portfolio.kind === 'sample';
  const remove = async () => {
    const outcome = await removal.run({ portfolioId: portfolio.id });
    if (outcome.ok) showUndo(t('shell.portfolio.removed', { name: portfolio.name }));
    else toast({ title: outcome.error.message, body: outcome.error.help, tone: 'loss' });
  };
  const items: readonly MenuEntry[] = [
    ...portfolios.map((entry): MenuEntry => ({
      id: entry.id,
      label: entry.name,
      hint: entry.kind === 'sample' ? t('shell.portfolio.sample') : undefined,
      isChosen: entry.id === portfolio.id,
      run: () => void select(entry.id),
    })),
    'separator',
    { id: 'create', label: t('shell.portfolio.create'), icon: Plus, run: onCreate },
    {
      id: 'rename',
      label: t('shell.portfolio.rename'),
      icon: Pencil,
      isDisabled: isFixed,
      run: () => setDialog('rename'),
    },
    {
      id: 'remove',
      label: t('shell.portfolio.remove'),
      icon: Trash2,
      isDisabled: isFixed,
      isLoss: !isFixed,
      run: () => setDialog('remove'),
    },
  ];
  const Icon = isFixed ? FlaskRound : Wallet;
  return (
    <>
      <Menu
        items={items}
        trigger={
          <button type="button" className={styles.trigger}>
            <Icon size={14} strokeWidth={1.75} aria-hidden className={styles.icon} />
            <span className="visually-hidden">{t('shell.portfolio.label')}: </span>
            <span className={styles.name}>{portfolio.name}</span>
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden className={styles.icon} />
          </button>
        }
      />
      {dialog === 'rename' && <RenamePortfolioDialog portfolio={portfolio} onClose={() => setDialog(null)} />}
      <ConfirmDialog
        title={t('shell.portfolio.removeTitle', { name: portfolio.name })}
        body={t('shell.portfolio.removeBody')}
        confirmLabel={t('shell.portfolio.removeAction')}
        isLoss
        isOpen={dialog === 'remove'}
        onClose={() => setDialog(null)}
        onConfirm={() => void remove()}
      />
    </>
  );
}
