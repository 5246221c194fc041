import { describeShortcut } from '../registry/shortcuts.ts';
import type { PageEntry } from '../registry/page.ts';
import { usePlatform } from '../state/platform.ts';
import { navigate } from '../state/route.ts';
import { useText } from '../state/text.ts';
import styles from './Navigation.module.css';

interface NavigationProps {
  readonly pages: readonly PageEntry[];
  readonly current: string | null;
}

export function Navigation({ pages, current }: NavigationProps) {
  const { t } = useText();
  const platform = usePlatform();
  return (
    <nav className={styles.navigation} aria-label={t('shell.navigation')}>
      <p className={styles.brand}>
        <Mark />
        <span className={styles.text}>{t('shell.name')}</span>
      </p>
      <ul className={styles.list}>
        {pages.map(({ id, icon: Icon }) => (
          <li key={id} className={id === 'settings' ? styles.last : undefined}>
            <button
              type="button"
              className={styles.item}
              aria-current={id === current ? 'page' : undefined}
              aria-keyshortcuts={id === 'settings' ? describeShortcut('Mod+,', platform) : undefined}
              title={t(`shell.page.${id}`)}
              onClick={() => navigate(id)}
            >
              <Icon size={16} strokeWidth={1.75} aria-hidden />
              <span className={styles.text}>{t(`shell.page.${id}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A vessel with its ballast: the same mark as icon.svg. */
function Mark() {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="none" aria-hidden>
      <circle cx="8" cy="8" r="6.75" stroke="currentColor" strokeWidth="1.5" />
      <path d="M3.2 9.5h9.6A5 5 0 0 1 3.2 9.5Z" fill="currentColor" />
    </svg>
  );
}
