import type { ReactNode } from 'react';
import type { AppError } from '../../shared/contract/errors.ts';
import { usePortfolios } from '../state/portfolio.ts';
import { useText } from '../state/text.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';
import { TextField } from '../ui/TextField.tsx';
import { isNameTaken } from './isNameTaken.ts';

interface PortfolioNameDialogProps {
  readonly title: string;
  readonly action: string;
  readonly name: string;
  readonly onNameChange: (name: string) => void;
  readonly placeholder?: string | undefined;
  /** The portfolio that has the name already, where it may keep it. */
  readonly ownId?: string | undefined;
  readonly isReady: boolean;
  readonly isBusy: boolean;
  readonly error: AppError | null;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  /** What else is asked. */
  readonly children?: ReactNode;
}

/** Asks what a portfolio is called, for a new one and for one that is renamed. */
export function PortfolioNameDialog(props: PortfolioNameDialogProps) {
  const { name, isReady, onSubmit, onClose } = props;
  const { t } = useText();
  const portfolios = usePortfolios();
  return (
    <Dialog
      title={props.title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('shell.cancel')}</Button>
          <Button variant="primary" isBusy={props.isBusy} disabled={!isReady} onClick={onSubmit}>
            {props.action}
          </Button>
        </>
      }
    >
      <TextField
        label={t('shell.portfolio.name')}
        value={name}
        onChange={props.onNameChange}
        placeholder={props.placeholder}
        onEnter={() => {
          if (isReady) onSubmit();
        }}
        help={isNameTaken(name, portfolios, props.ownId) ? t('shell.portfolio.nameTaken') : undefined}
        hasAutoFocus
      />
      {props.children}
      {props.error && <ErrorNotice error={props.error} />}
    </Dialog>
  );
}
