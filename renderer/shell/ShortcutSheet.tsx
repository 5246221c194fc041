import { ACTION_GROUPS, type Action } from '../registry/action.ts';
import { pageShortcuts } from '../registry/pageShortcuts.ts';
import { useText } from '../state/text.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { KeyBoxes, KeyHint } from '../ui/KeyHint.tsx';
import type { ActionOverlayProps } from './CommandPalette.tsx';
import styles from './ShortcutSheet.module.css';

/** All shortcuts, from the same registry that binds them. */
export function ShortcutSheet({ isOpen, onClose, actions, context }: ActionOverlayProps) {
  const { t, tKey } = useText();
  const groups = ACTION_GROUPS.map((group) => ({
    group,
    entries: actions.flatMap((action: Action) =>
      action.group === group && action.shortcut !== undefined
        ? [{ ...action, shortcut: action.shortcut }]
        : [],
    ),
  })).filter(({ entries }) => entries.length > 0);
  const elsewhere = pageShortcuts.filter(
    ({ shortcut }) => !actions.some((action) => action.shortcut === shortcut),
  );
  return (
    <Dialog title={t('shell.shortcuts.title')} isOpen={isOpen} onClose={onClose} size="md">
      <div className={styles.columns}>
        {groups.map(({ group, entries }) => (
          <section key={group} className={styles.group}>
            <h3 className={styles.title}>{t(`shell.palette.group.${group}`)}</h3>
            <ul>
              {entries.map((action) => (
                <li key={action.id} className={styles.row}>
                  <span>{action.title(tKey, context)}</span>
                  <KeyHint shortcut={action.shortcut} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {elsewhere.length > 0 && (
          <section className={styles.group}>
            <h3 className={styles.title}>{t('shell.shortcuts.elsewhere')}</h3>
            <ul>
              {elsewhere.map(({ page, title, shortcut }) => (
                <li key={shortcut} className={styles.row}>
                  <span>
                    {t('shell.shortcuts.onPage', { page: t(`shell.page.${page}`), action: t(title) })}
                  </span>
                  <KeyHint shortcut={shortcut} />
                </li>
              ))}
            </ul>
          </section>
        )}
        <section className={styles.group}>
          <h3 className={styles.title}>{t('shell.shortcuts.inTables')}</h3>
          <ul>
            <TableKeys name={t('shell.shortcuts.move')} keys={['↑', '↓']} />
            <TableKeys name={t('shell.shortcuts.openRow')} keys={['←', '→']} />
            <li className={styles.row}>
              <span>{t('shell.shortcuts.copyFigure')}</span>
              <KeyHint shortcut="Mod+C" />
            </li>
          </ul>
        </section>
      </div>
    </Dialog>
  );
}

function TableKeys({ name, keys }: { readonly name: string; readonly keys: readonly string[] }) {
  return (
    <li className={styles.row}>
      <span>{name}</span>
      <KeyBoxes keys={keys} />
    </li>
  );
}
