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

interface ContractTableProps {
  readonly contracts: readonly Contract[];
  /** Ours vouches for what it says; an imported file only claims it. */
  readonly isBundled: boolean;
}

/** Where a network file says its contracts are, and how sure that is. */
export function ContractTable({ contracts, isBundled }: ContractTableProps) {
  const { t } = useText();
  const nameCertainty = (certainty: Contract['certainty']): string => {
    const level = t(`settings.networks.level.${certainty}`);
    return isBundled || certainty === 'user' ? level : t('settings.networks.claimed', { level });
  };
  const toneOf = (certainty: Contract['certainty']) =>
    !isBundled && certainty === 'confirmed' ? 'neutral' : TONES[certainty];
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
                <StateWord tone={toneOf(certainty)}>{nameCertainty(certainty)}</StateWord>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
