import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useMemo } from 'react';
import type { Action, ActionContext } from '../registry/action.ts';
import { useText } from '../state/text.ts';
import { joinClasses } from '../ui/classes.ts';
import dialogStyles from '../ui/Dialog.module.css';
import { KeyHint } from '../ui/KeyHint.tsx';
import popupStyles from '../ui/Popup.module.css';
import styles from './CommandPalette.module.css';
import { listPaletteGroups, matchesWords, type PaletteGroup, type PaletteItem } from './matchActions.ts';

export interface ActionOverlayProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly actions: readonly Action[];
  readonly context: ActionContext;
}

/** Everything that can be done now, found by typing. */
export function CommandPalette({ isOpen, onClose, actions, context }: ActionOverlayProps) {
  const { t } = useText();
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={dialogStyles.veil} />
        <Dialog.Popup
          className={joinClasses(dialogStyles.dialog, styles.palette)}
          aria-label={t('shell.palette.title')}
        >
          <PaletteBody actions={actions} context={context} onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({ actions, context, onClose }: Omit<ActionOverlayProps, 'isOpen'>) {
  const { t, tKey } = useText();
  const groups = useMemo(() => listPaletteGroups(actions, context, tKey), [actions, context, tKey]);
  const run = (item: PaletteItem) => {
    onClose();
    item.action.run(context);
  };
  return (
    <Autocomplete.Root<PaletteGroup>
      open
      inline
      items={groups}
      filter={(item: unknown, query) => matchesWords(item as PaletteItem, query)}
      autoHighlight="always"
      keepHighlight
    >
      <div className={styles.search}>
        <Search size={16} strokeWidth={1.75} aria-hidden />
        <Autocomplete.Input
          className={styles.input}
          aria-label={t('shell.palette.title')}
          placeholder={t('shell.palette.placeholder')}
        />
      </div>
      <div className={styles.results}>
        <Autocomplete.Empty className={popupStyles.nothing}>{t('shell.palette.nothing')}</Autocomplete.Empty>
        <Autocomplete.List>
          {(group: PaletteGroup) => (
            <Autocomplete.Group key={group.value} items={group.items}>
              <Autocomplete.GroupLabel className={popupStyles.groupLabel}>
                {t(`shell.palette.group.${group.value}`)}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(item: PaletteItem) => (
                  <Autocomplete.Item
                    key={item.value}
                    value={item}
                    className={popupStyles.item}
                    onClick={() => run(item)}
                  >
                    <span className={popupStyles.itemText}>{item.label}</span>
                    {item.action.shortcut !== undefined && <KeyHint shortcut={item.action.shortcut} />}
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  );
}
