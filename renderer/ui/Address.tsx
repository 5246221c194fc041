import { shortenAddress } from '../../shared/domain/address.ts';
import { useText } from '../state/text.ts';
import styles from './Address.module.css';
import { copyText } from './copyText.ts';
import { Tooltip } from './Tooltip.tsx';

interface AddressProps {
  readonly address: string;
  /** Shown instead of the short form where it has a name. */
  readonly name?: string | undefined;
}

/** A short address; the whole of it on hover, and copied with a click. */
export function Address({ address, name }: AddressProps) {
  const { t } = useText();
  const copy = () =>
    void copyText(address, { done: t('shell.copy.address'), failed: t('shell.copy.failed') });
  const isNamed = name !== undefined && name !== '';
  const shown = isNamed ? name : shortenAddress(address);
  return (
    <Tooltip
      content={
        <span className={styles.whole}>
          {/* The name too: where it stands it may be cut. */}
          {isNamed && <span>{name}</span>}
          <span className={styles.mono}>{address}</span>
        </span>
      }
    >
      <button
        type="button"
        className={isNamed ? styles.named : styles.address}
        aria-label={t('shell.copy.addressOf', { address: shown })}
        onClick={copy}
      >
        {shown}
      </button>
    </Tooltip>
  );
}
