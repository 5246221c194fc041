import { Plus, X } from 'lucide-react';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { Sellable } from './listSellable.ts';
import { CURVE_KINDS, startMarket, type MarketDraft, type MarketField } from './marketDraft.ts';
import styles from './MarketsPanel.module.css';
import type { ExitDraftState } from './useExitDraft.ts';

interface MarketsPanelProps {
  readonly draft: ExitDraftState;
  readonly sellable: readonly Sellable[];
}

/** What selling at once would bring, as the user knows it: a market per token. */
export function MarketsPanel({ draft, sellable }: MarketsPanelProps) {
  const { t } = useText();
  const { value, change } = draft;
  const { markets } = value;
  const free = sellable.filter(
    ({ instrumentId }) => !markets.some((market) => market.instrumentId === instrumentId),
  );
  const [next] = free;
  const replace = (index: number, part: Partial<MarketDraft>) =>
    change({ markets: markets.map((market, at) => (at === index ? { ...market, ...part } : market)) });
  return (
    <Panel title={t('exit.market.title')} hint={t('exit.market.hint')}>
      <div className={styles.parts}>
        {markets.length === 0 && (
          <p className={styles.none}>
            {t(sellable.length === 0 ? 'exit.market.nothing' : 'exit.market.none')}
          </p>
        )}
        {markets.length > 0 && (
          <ul className={styles.list} aria-label={t('exit.market.list')}>
            {markets.map((market, index) => (
              <li key={market.instrumentId} className={styles.market}>
                <MarketFields
                  draft={draft}
                  market={market}
                  choices={sellable.filter(
                    (item) => item.instrumentId === market.instrumentId || free.includes(item),
                  )}
                  onChange={(part) => replace(index, part)}
                  onRemove={() => change({ markets: markets.filter((_, at) => at !== index) })}
                />
              </li>
            ))}
          </ul>
        )}
        {next !== undefined && (
          <div>
            <Button
              size="sm"
              icon={Plus}
              onClick={() => change({ markets: [...markets, startMarket(next.instrumentId)] })}
            >
              {t('exit.market.add')}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

interface MarketFieldsProps {
  readonly draft: ExitDraftState;
  readonly market: MarketDraft;
  readonly choices: readonly Sellable[];
  readonly onChange: (part: Partial<MarketDraft>) => void;
  readonly onRemove: () => void;
}

function MarketFields({ draft, market, choices, onChange, onRemove }: MarketFieldsProps) {
  const { t } = useText();
  const problems = draft.judged.marketProblems[market.instrumentId] ?? {};
  const symbol =
    choices.find(({ instrumentId }) => instrumentId === market.instrumentId)?.symbol ?? market.instrumentId;
  const errorOf = (field: MarketField): string | null => {
    const problem = problems[field];
    return problem === undefined ? null : t(`exit.problem.${problem}`);
  };
  const number = (field: Exclude<MarketField, 'points'>, unit: string) => (
    <NumberField
      label={t(`exit.market.${field}`)}
      unit={unit}
      maxLength={40}
      value={market[field]}
      onChange={(text) => onChange({ [field]: text })}
      error={errorOf(field)}
    />
  );
  return (
    <>
      <div className={styles.head}>
        <SelectField
          label={t('exit.market.token')}
          value={market.instrumentId}
          onChange={(instrumentId) => onChange({ instrumentId })}
          options={choices.map((item) => ({ value: item.instrumentId, label: item.symbol }))}
        />
        <IconButton
          icon={X}
          size="sm"
          label={t('exit.market.remove', { token: symbol })}
          onClick={onRemove}
        />
      </div>
      <SelectField
        label={t('exit.market.kind')}
        value={market.kind}
        onChange={(kind) => onChange({ kind })}
        options={CURVE_KINDS.map((kind) => ({ value: kind, label: t(`exit.market.kinds.${kind}`) }))}
      />
      {market.kind === 'constant-product' && (
        <>
          {number('reserveIn', 'ETH')}
          {number('reserveOut', 'ETH')}
        </>
      )}
      {market.kind === 'fixed-fee' && number('capacity', 'ETH')}
      {market.kind === 'points' ? (
        <TextField
          label={t('exit.market.points')}
          help={t('exit.market.pointsHelp')}
          isMultiline
          isMono
          maxLength={4000}
          value={market.points}
          onChange={(points) => onChange({ points })}
          error={errorOf('points')}
        />
      ) : (
        number('fee', '%')
      )}
    </>
  );
}
