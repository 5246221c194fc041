import { toAppError } from '../../../shared/contract/errors.ts';
import type { SettingEntry } from '../../registry/settings.ts';
import { useSetting } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { SwitchField } from '../../ui/SwitchField.tsx';
import { toast } from '../../ui/toast.ts';
import type { SettingSectionProps } from './settingSection.ts';
import styles from './ViewSection.module.css';

const THEMES = ['system', 'light', 'dark'] as const;

/** How it looks. A change shows at once. */
export function ViewSection({ entries }: SettingSectionProps) {
  const { t } = useText();
  return (
    <Panel title={t('shell.setting.group.view')}>
      <ul>
        {entries.map((entry) => (
          <li key={entry.key} className={styles.row}>
            {entry.control === 'theme' && <ThemeRow entry={entry} />}
            {entry.control === 'switch' && <HideAmountsRow entry={entry} />}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Says where the main process did not keep a change; the hook has put it back by then. */
function useReportFailure(): (saved: Promise<void>) => void {
  const { t } = useText();
  return (saved) => {
    saved.catch((thrown: unknown) => {
      toast({ title: t('settings.failed'), body: toAppError(thrown).message, tone: 'loss' });
    });
  };
}

function ThemeRow({ entry }: { readonly entry: SettingEntry }) {
  const { t, tKey } = useText();
  const [theme, setTheme] = useSetting('theme');
  const report = useReportFailure();
  return (
    <div className={styles.choice}>
      <div>
        <p className={styles.label}>{tKey(entry.title)}</p>
        <p className={styles.help}>{tKey(entry.description)}</p>
      </div>
      <Segmented
        label={tKey(entry.title)}
        value={theme}
        onChange={(next) => report(setTheme(next))}
        options={THEMES.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
      />
    </div>
  );
}

function HideAmountsRow({ entry }: { readonly entry: SettingEntry }) {
  const { tKey } = useText();
  const [isHidden, setHidden] = useSetting('hideAmounts');
  const report = useReportFailure();
  return (
    <SwitchField
      label={tKey(entry.title)}
      help={tKey(entry.description)}
      value={isHidden}
      onChange={(next) => report(setHidden(next))}
    />
  );
}
