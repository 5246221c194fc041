import { useSettings } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Mono } from '../../ui/Mono.tsx';
import { Panel } from '../../ui/Panel.tsx';
import styles from './ConnectionsSection.module.css';
import { listAllowedHosts } from './listConnections.ts';

/** Every host the program may contact, and the word that there is no other. */
export function ConnectionsSection() {
  const { t, locale } = useText();
  const { rpcUrls, bitcoinServers, babylonNodes, bitcoinProxy, allowedHosts } = useSettings();
  const networks = useQuery('networks.list', {});
  const babylon = Object.fromEntries(Object.entries(babylonNodes).map(([id, url]) => [id, [url]]));
  const hosts = listAllowedHosts([rpcUrls, bitcoinServers, babylon], networks.data ?? []);
  return (
    <Panel title={t('settings.connections.title')} hint={t('settings.connections.description')}>
      {hosts.length + allowedHosts.length === 0 ? (
        <p>{t('settings.connections.none')}</p>
      ) : (
        <ul className={styles.hosts}>
          {hosts.map(({ host, networks: names, isLocal }) => (
            <li key={host} className={styles.host}>
              <span>
                <Mono>{host}</Mono>
                {isLocal && <span className={styles.local}> {t('settings.connections.local')}</span>}
              </span>
              <span className={styles.names}>{new Intl.ListFormat(locale).format(names)}</span>
            </li>
          ))}
          {allowedHosts.map((host) => (
            <li key={host} className={styles.host}>
              <Mono>{host}</Mono>
              <span className={styles.names}>{t('settings.connections.api')}</span>
            </li>
          ))}
        </ul>
      )}
      {bitcoinProxy !== null && (
        <p className={styles.only}>{t('settings.connections.proxy', { proxy: bitcoinProxy })}</p>
      )}
      <p className={styles.only}>{t('settings.connections.only')}</p>
    </Panel>
  );
}
