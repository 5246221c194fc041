import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { joinClasses } from './classes.ts';
import styles from './Popup.module.css';

interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly run: () => void;
  readonly isLoss?: boolean | undefined;
  readonly isDisabled?: boolean | undefined;
  /** Set on every item of a menu that chooses one of several. */
  readonly isChosen?: boolean | undefined;
}

export type MenuEntry = MenuItem | 'separator';

interface MenuProps {
  /** A button. */
  readonly trigger: ReactElement;
  readonly items: readonly MenuEntry[];
  readonly align?: 'start' | 'end' | undefined;
}

export function Menu({ trigger, items, align = 'start' }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className={styles.positioner} align={align} sideOffset={4}>
          <BaseMenu.Popup className={styles.popup}>
            {items.map((item, index) =>
              item === 'separator' ? (
                <BaseMenu.Separator key={`separator-${index}`} className={styles.separator} />
              ) : (
                <MenuRow key={item.id} item={item} />
              ),
            )}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

function MenuRow({ item }: { readonly item: MenuItem }) {
  const Icon = item.icon;
  return (
    <BaseMenu.Item
      className={joinClasses(styles.item, item.isLoss === true && styles.lossItem)}
      disabled={item.isDisabled === true}
      aria-current={item.isChosen === true ? 'true' : undefined}
      label={item.label}
      onClick={item.run}
    >
      {item.isChosen !== undefined && (
        <span className={styles.check}>{item.isChosen && <Check size={14} aria-hidden />}</span>
      )}
      {Icon && <Icon size={14} strokeWidth={1.75} aria-hidden />}
      <span className={styles.itemText}>
        {/* The space keeps the two apart where they are read out. */}
        {item.label} {item.hint !== undefined && <span className={styles.itemHint}>{item.hint}</span>}
      </span>
    </BaseMenu.Item>
  );
}
