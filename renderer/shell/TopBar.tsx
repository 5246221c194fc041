import { Eye, EyeOff, Search } from 'lucide-react';
import { usePlatform } from '../state/platform.ts';
import { useSetting } from '../state/settings.ts';
import { useText } from '../state/text.ts';
import { describeShortcut } from '../registry/shortcuts.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { KeyHint } from '../ui/KeyHint.tsx';
import { FreshnessNote } from './FreshnessNote.tsx';
import { JobNote } from './JobNote.tsx';
import { PortfolioMenu } from './PortfolioMenu.tsx';
import styles from './TopBar.module.css';

interface TopBarProps {
  readonly onSearch: () => void;
  readonly onCreate: () => void;
}

export function TopBar({ onSearch, onCreate }: TopBarProps) {
  const { t } = useText();
  const platform = usePlatform();
  const [areAmountsHidden, setHidden] = useSetting('hideAmounts');
  return (
    <header className={styles.bar}>
      <PortfolioMenu onCreate={onCreate} />
      <button
        type="button"
        className={styles.search}
        aria-keyshortcuts={describeShortcut('Mod+K', platform)}
        onClick={onSearch}
      >
        <Search size={14} strokeWidth={1.75} aria-hidden />
        <span className={styles.searchText}>{t('shell.palette.open')}</span>
        <KeyHint shortcut="Mod+K" />
      </button>
      <div className={styles.right}>
        <JobNote />
        <FreshnessNote />
        <IconButton
          icon={areAmountsHidden ? EyeOff : Eye}
          label={t(areAmountsHidden ? 'shell.action.showAmounts' : 'shell.action.hideAmounts')}
          isPressed={areAmountsHidden}
          onClick={() => void setHidden(!areAmountsHidden)}
        />
      </div>
    </header>
  );
}
