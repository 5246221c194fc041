import { useState } from 'react';
import type { BabylonReading } from '../../../shared/contract/babylon.ts';
import type { NetworkSummary } from '../../../shared/contract/methods.ts';
import { useSettings } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useUndoToast } from '../../state/undo.ts';
import { useCommand } from '../../state/useCommand.ts';
import { Button } from '../../ui/Button.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './BitcoinSection.module.css';

/** A Babylon node whose parameters and finality providers take the place of those in force, once somebody asks it. */
export function BabylonNodeField({ network: { id, name } }: { readonly network: NetworkSummary }) {
  const { t, locale } = useText();
  const { babylonNodes } = useSettings();
  const update = useCommand('settings.update');
  const read = useCommand('babylon.read');
  const take = useCommand('babylon.import');
  const showUndo = useUndoToast();
  const [draft, setDraft] = useState<string | null>(null);
  /** What a node gave that contradicts what is known: kept only if somebody says so. */
  const [doubted, setDoubted] = useState<BabylonReading | null>(null);
  const saved = babylonNodes[id] ?? '';
  const url = (draft ?? saved).trim();
  const isBusy = update.isRunning || read.isRunning || take.isRunning;

  const keep = async ({ text, changes }: BabylonReading) => {
    const outcome = await take.run({ networkId: id, text });
    if (!outcome.ok) return;
    const { newVersions, newProviders } = changes;
    const isNew = newVersions.length + newProviders > 0;
    showUndo(
      isNew
        ? t('settings.babylon.node.taken', {
            versions: t('settings.babylon.node.versions', { count: newVersions.length }),
            providers: t('settings.babylon.node.providers', { count: newProviders }),
          })
        : t('settings.babylon.node.nothingNew'),
    );
  };
  const save = async (): Promise<boolean> => {
    take.reset();
    read.reset();
    if (url === saved) return true;
    const { [id]: _, ...others } = babylonNodes;
    const outcome = await update.run({ babylonNodes: url === '' ? others : { ...others, [id]: url } });
    if (outcome.ok) setDraft(null);
    return outcome.ok;
  };
  const ask = async () => {
    if (!(await save()) || url === '') return;
    const outcome = await read.run({ networkId: id });
    if (!outcome.ok) return;
    const { changedVersions, missingVersions } = outcome.value.changes;
    if (changedVersions.length + missingVersions.length > 0) setDoubted(outcome.value);
    else await keep(outcome.value);
  };
  const error = update.error ?? read.error ?? take.error;
  const list = (versions: readonly number[]): string =>
    new Intl.ListFormat(locale).format(versions.map(String));
  return (
    <div className={styles.node}>
      <div className={styles.field}>
        <TextField
          label={t('settings.babylon.node.label', { network: name })}
          value={draft ?? saved}
          onChange={(text) => {
            update.reset();
            read.reset();
            setDraft(text);
          }}
          onEnter={() => void ask()}
          placeholder="https://node.example:1317"
          help={t('settings.babylon.node.help')}
          isMono
        />
      </div>
      {(url !== '' || saved !== '') && (
        <Button isBusy={isBusy} onClick={() => void (url === '' ? save() : ask())}>
          {t(url === '' ? 'settings.babylon.node.forget' : 'settings.babylon.node.ask')}
        </Button>
      )}
      {error && <ErrorNotice error={error} />}
      <ConfirmDialog
        title={t('settings.babylon.node.doubtTitle')}
        body={
          doubted === null
            ? ''
            : [
                ...(doubted.changes.changedVersions.length === 0
                  ? []
                  : [
                      t('settings.babylon.node.changed', {
                        versions: list(doubted.changes.changedVersions),
                      }),
                    ]),
                ...(doubted.changes.missingVersions.length === 0
                  ? []
                  : [
                      t('settings.babylon.node.missing', {
                        versions: list(doubted.changes.missingVersions),
                      }),
                    ]),
                t('settings.babylon.node.doubt'),
              ].join(' ')
        }
        confirmLabel={t('settings.babylon.node.takeAnyway')}
        isLoss
        isOpen={doubted !== null}
        onClose={() => setDoubted(null)}
        onConfirm={() => {
          if (doubted !== null) void keep(doubted);
        }}
      />
    </div>
  );
}
