import type { NetworkSummary } from '../../../shared/contract/methods.ts';
import { useText } from '../../state/text.ts';
import { Mono } from '../../ui/Mono.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import type { Tone } from '../../ui/tone.ts';
import styles from './ContractTable.module.css';

type Contract = NetworkSummary['contracts'][number];

const TONES = {
  confirmed: 'confirmed',
  secondary: 'information',
  disputed: 'caution',
  unconfirmed: 'caution',
  user: 'neutral',
} as const satisfies Record<Contract['certainty'], Tone | 'neutral'>;

/** Where a network file says its contracts are, and how sure that is. */
export function ContractTable({ contracts }: { readonly contracts: readonly Contract[] }) {
  const { t } = useText();
  if (contracts.length === 0)
    return <p className={styles.none}>{t('settings.networks.preview.contractsNone')}</p>;
  return (
    <div className={styles.scroller}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('settings.networks.contract')}</th>
            <th scope="col">{t('settings.networks.address')}</th>
            <th scope="col">{t('settings.networks.certainty')}</th>
          </tr>
        </thead>
        <tbody>
          {contracts.map(({ name, address, certainty }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <Mono>{address}</Mono>
              </td>
              <td>
                <StateWord tone={TONES[certainty]}>{t(`settings.networks.level.${certainty}`)}</StateWord>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
