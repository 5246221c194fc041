import { useEffect, useState } from 'react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import { LABEL_MAX_LENGTH } from '../../../shared/domain/account.ts';
import { DEFAULT_GAP_LIMIT, gapLimitSchema, MOST_GAP_LIMIT } from '../../../shared/domain/bitcoin.ts';
import { looksLikeBitcoinAccount } from '../../../shared/domain/bitcoin-text.ts';
import { nameAccount } from '../../../shared/domain/names.ts';
import { findSecret, type SecretKind } from '../../../shared/domain/secrets.ts';
import { useSettings } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { isCertainMistake, judgeAccountText, type AccountText } from './judgeAccountText.ts';

/** After this long without a key, what stands in the field is taken as meant. */
const PAUSE_MS = 1500;

interface AddAccountDialogProps {
  readonly view: PortfolioView;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Watches one more address. A secret is refused as soon as it stands in a field, and is sent nowhere. */
export function AddAccountDialog({ view, isOpen, onClose }: AddAccountDialogProps) {
  const { t } = useText();
  const { rpcUrls } = useSettings();
  const showUndo = useUndoToast();
  const add = useCommand('accounts.add');
  const [address, setAddress] = useState('');
  const [label, setLabel] = useState('');
  const [gapText, setGapText] = useState(String(DEFAULT_GAP_LIMIT));
  const [refused, setRefused] = useState<SecretKind | null>(null);
  /** Somebody left the field, paused or pressed Add: what is wrong is said from then until the next key. */
  const [isFinished, setFinished] = useState(false);
  const judged = judgeAccountText(address, view.accounts);
  const hasNode = (rpcUrls[view.portfolio.networkId] ?? []).length > 0;
  const isKnownWrong = refused !== null || isCertainMistake(judged, hasNode);
  const isRanged = judged.kind === 'bitcoin' && judged.form !== 'address';
  const gap = readGapLimit(gapText);
  const isGapWrong = isRanged && gap === null;
  const canAdd =
    judged.kind === 'address' ||
    (judged.kind === 'bitcoin' && !isGapWrong) ||
    (judged.kind === 'name' && hasNode);

  useEffect(() => {
    if (!isOpen || address === '') return;
    const timer = setTimeout(() => setFinished(true), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [isOpen, address]);

  const close = () => {
    setAddress('');
    setLabel('');
    setGapText(String(DEFAULT_GAP_LIMIT));
    setRefused(null);
    setFinished(false);
    add.reset();
    onClose();
  };
  const type = (text: string, field: 'address' | 'label', keep: (text: string) => void) => {
    const isKeyed = field === 'address' && looksLikeBitcoinAccount(text.trim()) === 'descriptor';
    const secret = findSecret(text, isKeyed ? 'hash' : field);
    setRefused(secret);
    if (field === 'address') setFinished(false);
    add.reset();
    keep(secret === null ? text : '');
  };
  const submit = async () => {
    setFinished(true);
    if (!canAdd || add.isRunning) return;
    const outcome = await add.run({
      portfolioId: view.portfolio.id,
      address: address.trim(),
      label: label.trim(),
      ...(isRanged && gap !== null ? { gapLimit: gap } : {}),
    });
    if (!outcome.ok) {
      // The main process knows more word lists than the page: what it calls a secret leaves the field too.
      if (outcome.error.code === 'secret-refused') setAddress('');
      return;
    }
    close();
    showUndo(t('positions.add.done', { name: nameAccount(outcome.value) }));
  };
  return (
    <Dialog
      title={t('positions.add.title')}
      isOpen={isOpen}
      onClose={close}
      size="md"
      actions={
        <>
          <Button onClick={close}>{t('shell.cancel')}</Button>
          <Button
            variant="primary"
            isBusy={add.isRunning}
            disabled={isKnownWrong}
            onClick={() => void submit()}
          >
            {t('positions.add.submit')}
          </Button>
        </>
      }
    >
      {refused && (
        <Banner tone="loss" title={t('positions.add.refused')} isUrgent>
          {t(`secret.${refused}`)}
        </Banner>
      )}
      {add.error && <ErrorNotice error={add.error} onRetry={() => void submit()} />}
      <TextField
        label={t('positions.add.address')}
        value={address}
        onChange={(text) => type(text, 'address', setAddress)}
        onEnter={() => void submit()}
        onBlur={() => setFinished(address !== '')}
        placeholder={t('positions.add.addressPlaceholder')}
        isMono
        hasAutoFocus
        error={useProblemText(judged, hasNode, isFinished && refused === null)}
        help={<AddressHelp judged={judged} hasNode={hasNode} />}
      />
      {isRanged && (
        <NumberField
          label={t('positions.add.gapLimit')}
          value={gapText}
          onChange={setGapText}
          onEnter={() => void submit()}
          help={t('positions.add.gapLimitHelp')}
          error={isGapWrong ? t('positions.add.gapLimitProblem', { most: MOST_GAP_LIMIT }) : null}
        />
      )}
      <TextField
        label={t('positions.add.label')}
        value={label}
        onChange={(text) => type(text, 'label', setLabel)}
        onEnter={() => void submit()}
        help={t('positions.add.labelHelp')}
        maxLength={LABEL_MAX_LENGTH}
      />
    </Dialog>
  );
}

function readGapLimit(text: string): number | null {
  const read = gapLimitSchema.safeParse(/^\d+$/u.test(text.trim()) ? Number(text) : null);
  return read.success ? read.data : null;
}

/** What is wrong with what was typed; null while somebody may only not have finished. */
function useProblemText(judged: AccountText, hasNode: boolean, isFinished: boolean): string | null {
  const { t } = useText();
  switch (judged.kind) {
    case 'problem':
      return judged.isUnfinished && !isFinished
        ? null
        : t(`positions.add.problem.${judged.problem}`, { count: judged.length });
    case 'duplicate':
      return t('positions.add.duplicate', { label: nameAccount(judged.account) });
    case 'name':
      return hasNode ? null : t('positions.add.nameNeedsNode');
    case 'empty':
      return isFinished ? t('positions.add.problem.empty') : null;
    case 'secret':
    case 'bitcoin':
    case 'address':
      return null;
  }
}

function AddressHelp({ judged, hasNode }: { readonly judged: AccountText; readonly hasNode: boolean }) {
  const { t } = useText();
  if (judged.kind === 'address') return t('positions.add.isAddress', { address: judged.address });
  if (judged.kind === 'bitcoin') return t(`positions.add.isBitcoin.${judged.form}`);
  if (judged.kind === 'name' && hasNode) return t('positions.add.isName');
  return t('positions.add.addressHelp');
}
