import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { toAppError } from '../../../shared/contract/errors.ts';
import type { SettingEntry } from '../../registry/settings.ts';
import { parseDecimal, toDecimalText } from '../../../shared/format/numbers.ts';
import { useSetting } from '../../state/settings.ts';
import { useText } from '../../state/text.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { toast } from '../../ui/toast.ts';
import styles from './MarketSection.module.css';
import type { SettingSectionProps } from './settingSection.ts';

/** Per cent with two digits fewer than the share it is of: 1e18 = 100%. */
const PERCENT_DECIMALS = 16;
const MOST = 10n ** 18n;

/** Which source of a price counts, and from when on a difference is worth a word. */
export function MarketSection({ entries }: SettingSectionProps) {
  const { t } = useText();
  return (
    <Panel title={t('settings.market.title')} hint={t('settings.market.description')}>
      <ul>
        {entries.map((entry) => (
          <li key={entry.key} className={styles.row}>
            {entry.key === 'priceOrder' && <OrderRow entry={entry} />}
            {(entry.key === 'disagreementShare' || entry.key === 'depegShare') && (
              <ShareRow entry={entry} setting={entry.key} />
            )}
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

function OrderRow({ entry }: { readonly entry: SettingEntry }) {
  const { t, tKey } = useText();
  const [order, setOrder] = useSetting('priceOrder');
  const report = useReportFailure();
  const move = (index: number, step: 1 | -1) => {
    const next = [...order];
    const [moved] = next.splice(index, 1);
    if (moved === undefined) return;
    next.splice(index + step, 0, moved);
    report(setOrder(next));
  };
  return (
    <>
      <p className={styles.label}>{tKey(entry.title)}</p>
      <p className={styles.help}>{tKey(entry.description)}</p>
      <ol className={styles.order}>
        {order.map((source, index) => {
          const name = t(`market.order.${source}`);
          return (
            <li key={source} className={styles.source}>
              <span>{name}</span>
              <span>
                <IconButton
                  icon={ArrowUp}
                  size="sm"
                  label={t('settings.market.up', { name })}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                />
                <IconButton
                  icon={ArrowDown}
                  size="sm"
                  label={t('settings.market.down', { name })}
                  disabled={index === order.length - 1}
                  onClick={() => move(index, 1)}
                />
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}

interface ShareRowProps {
  readonly entry: SettingEntry;
  readonly setting: 'disagreementShare' | 'depegShare';
}

/** A share, typed in per cent; kept when the field is left or Enter is pressed. */
function ShareRow({ entry, setting }: ShareRowProps) {
  const { t, tKey } = useText();
  const [share, setShare] = useSetting(setting);
  const report = useReportFailure();
  const [draft, setDraft] = useState<string | null>(null);
  const saved = toDecimalText(share, PERCENT_DECIMALS);
  const read = parseDecimal(draft ?? saved, PERCENT_DECIMALS);
  const isUsable = read.ok && read.value <= MOST;
  const keep = () => {
    if (draft === null || !isUsable) return;
    report(setShare(read.value));
    setDraft(null);
  };
  return (
    <div className={styles.field}>
      <NumberField
        label={tKey(entry.title)}
        help={tKey(entry.description)}
        unit="%"
        value={draft ?? saved}
        onChange={setDraft}
        onEnter={keep}
        onBlur={keep}
        error={draft !== null && !isUsable ? t('settings.market.notAShare') : null}
      />
    </div>
  );
}
