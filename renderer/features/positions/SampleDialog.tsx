import { useState } from 'react';
import { CreatePortfolioDialog } from '../../shell/CreatePortfolioDialog.tsx';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

interface SampleDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Why the sample takes no account, and where an account does go. */
export function SampleDialog({ isOpen, onClose }: SampleDialogProps) {
  const { t } = useText();
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <Dialog
        title={t('positions.sample.title')}
        isOpen={isOpen}
        onClose={onClose}
        actions={
          <>
            <Button onClick={onClose}>{t('shell.cancel')}</Button>
            <Button
              variant="primary"
              onClick={() => {
                onClose();
                setCreating(true);
              }}
            >
              {t('positions.sample.create')}
            </Button>
          </>
        }
      >
        <p>{t('positions.sample.body')}</p>
      </Dialog>
      <CreatePortfolioDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}
