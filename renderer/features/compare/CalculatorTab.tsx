import { RotateCcw } from 'lucide-react';
import { useMemo } from 'react';
import type { Catalog, Protocol } from '../../../shared/domain/catalog.ts';
import { usePageState } from '../../state/pageState.ts';
import { useText } from '../../state/text.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { SearchSelect } from '../../ui/SearchSelect.tsx';
import { SwitchField } from '../../ui/SwitchField.tsx';
import styles from './CalculatorTab.module.css';
import type { CompareRow } from './compareRows.ts';
import { YieldField } from './YieldField.tsx';
import { FIRST_YIELD_DRAFT, judgeYield, startYield, type TypedField, type YieldDraft } from './yieldDraft.ts';
import { useSimulatedLoss } from './useComparison.ts';
import { YieldResultPanel } from './YieldResultPanel.tsx';

interface CalculatorTabProps {
  readonly catalog: Catalog;
  readonly rows: readonly CompareRow[];
}

/** From what is advertised to what is left: inputs on the left, steps on the right. */
export function CalculatorTab({ catalog, rows }: CalculatorTabProps) {
  const { t } = useText();
  const [chosenId, choose] = usePageState<string | null>('compare.yield.protocol', null);
  // What is held comes first: that is whose yield one wants to know.
  const paying = rows.filter(({ cells }) => cells.yield.text !== null);
  const first = paying.find(({ held }) => held.length > 0) ?? paying[0] ?? rows[0];
  const chosen = rows.find(({ protocol }) => protocol.id === chosenId) ?? first;
  if (chosen === undefined) return null;
  return (
    <Calculator
      key={chosen.protocol.id}
      catalog={catalog}
      protocol={chosen.protocol}
      choice={
        <SearchSelect
          label={t('compare.yields.protocol')}
          value={chosen.protocol.id}
          placeholder={t('compare.yields.protocolPlaceholder')}
          onChange={choose}
          options={rows.map(({ protocol }) => ({ value: protocol.id, label: protocol.name }))}
        />
      }
    />
  );
}

interface CalculatorProps {
  readonly catalog: Catalog;
  readonly protocol: Protocol;
  readonly choice: React.ReactNode;
}

function Calculator({ catalog, protocol, choice }: CalculatorProps) {
  const { t } = useText();
  const [draft, setDraft] = usePageState<YieldDraft>(`compare.yield.${protocol.id}`, FIRST_YIELD_DRAFT);
  const loss = useSimulatedLoss(protocol);
  const start = useMemo(() => startYield(protocol, catalog, loss), [protocol, catalog, loss]);
  const unit = protocol.asset === 'BTC' ? 'BTC' : 'ETH';
  const decimals = unit === 'BTC' ? 8 : 18;
  const judged = useMemo(() => judgeYield(draft, start, decimals), [draft, start, decimals]);
  const type = (field: TypedField, text: string | null) => {
    const { [field]: _, ...typed } = draft.typed;
    setDraft({ ...draft, typed: text === null ? typed : { ...typed, [field]: text } });
  };
  const isEdited = Object.keys(draft.typed).length > 0 || !draft.isAfterFee;
  const field = (id: TypedField, fieldUnit: string) => (
    <YieldField
      id={id}
      unit={fieldUnit}
      draft={draft}
      start={start}
      problem={judged.problems[id] ?? null}
      onChange={(text) => type(id, text)}
    />
  );
  return (
    <div className={styles.tab}>
      <div className={styles.settings}>
        <Panel
          title={t('compare.yields.inputs')}
          hint={t('compare.yields.inputsHint')}
          actions={
            isEdited && (
              <Button size="sm" icon={RotateCcw} onClick={() => setDraft(FIRST_YIELD_DRAFT)}>
                {t('compare.yields.reset')}
              </Button>
            )
          }
        >
          <div className={styles.fields}>
            {choice}
            {field('base', '%')}
            {field('service', '%')}
            {field('emissions', '%')}
            {field('unsplit', '%')}
            {field('emissionsFactor', '%')}
            <SwitchField
              label={t('compare.yields.isNet')}
              help={t('compare.yields.isNetHelp')}
              value={draft.isAfterFee}
              onChange={(isAfterFee) => setDraft({ ...draft, isAfterFee })}
            />
            {!draft.isAfterFee && field('fee', '%')}
            {field('expectedLoss', '%')}
            {field('exitFee', '%')}
            {field('horizonDays', t('compare.yields.days'))}
            {field('amount', unit)}
          </div>
        </Panel>
      </div>
      <div className={styles.result}>
        <YieldResultPanel name={protocol.name} request={judged.request} unit={unit} decimals={decimals} />
      </div>
    </div>
  );
}
