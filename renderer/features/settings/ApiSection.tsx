import { API_HOSTS, type ApiHost } from '../../../shared/contract/settings.ts';
import { toAppError } from '../../../shared/contract/errors.ts';
import { useSetting } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { SwitchField } from '../../ui/SwitchField.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './ApiSection.module.css';
import { EntryPanel } from './EntryPanel.tsx';
import type { SettingSectionProps } from './settingSection.ts';

const TEXTS = {
  'yields.llama.fi': 'settings.api.yields',
  'api.llama.fi': 'settings.api.tvl',
  'coins.llama.fi': 'settings.api.coins',
} as const satisfies Record<ApiHost, string>;

/** The public hosts that may be asked, each by itself: what is asked there, and what that tells them. */
export function ApiSection({ entries }: SettingSectionProps) {
  const { t } = useText();
  const [allowed, setAllowed] = useSetting('allowedHosts');
  const toggle = (host: ApiHost, isAllowed: boolean) => {
    const next = API_HOSTS.filter((one) => (one === host ? isAllowed : allowed.includes(one)));
    setAllowed(next).catch((thrown: unknown) => {
      toast({ title: t('settings.failed'), body: toAppError(thrown).message, tone: 'loss' });
    });
  };
  return (
    <EntryPanel entries={entries}>
      <ul className={styles.hosts}>
        {API_HOSTS.map((host) => (
          <li key={host}>
            <SwitchField
              label={host}
              help={t(TEXTS[host])}
              value={allowed.includes(host)}
              onChange={(isAllowed) => toggle(host, isAllowed)}
            />
          </li>
        ))}
      </ul>
      <p className={styles.note}>{t('settings.api.sent')}</p>
    </EntryPanel>
  );
}
