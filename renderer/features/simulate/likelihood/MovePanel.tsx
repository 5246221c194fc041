import { useId, useMemo } from 'react';
import type { PortfolioView } from '../../../../shared/contract/methods.ts';
import { ETH_UNIT } from '../../../../shared/domain/figure.ts';
import type { KeptStudy } from '../../../../shared/domain/kept-study.ts';
import { useFormatAmount } from '../../../state/amounts.ts';
import { usePageState } from '../../../state/pageState.ts';
import { useHideAmounts } from '../../../state/settings.ts';
import { useText } from '../../../state/text.ts';
import { useLasting } from '../../../state/useLasting.ts';
import { Button } from '../../../ui/Button.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { NumberField } from '../../../ui/NumberField.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import type { SelectOption } from '../../../ui/SelectPopup.tsx';
import {
  amountOfStep,
  judgeMove,
  listMovable,
  NO_MOVE,
  PLAIN_ETH,
  SLIDER_STEPS,
  stepOfAmount,
  type JudgedMove,
  type MoveDraft,
} from './moveDraft.ts';
import styles from './MovePanel.module.css';
import { MoveTable } from './MoveTable.tsx';
import { SetToggle } from './SetToggle.tsx';
import { useMove } from './useMove.ts';
import type { NameHeld } from './WhoPanel.tsx';

interface MovePanelProps {
  readonly view: PortfolioView;
  readonly kept: KeptStudy;
  readonly nameHeld: NameHeld;
  readonly isRunning: boolean;
  readonly onRunAgain: () => void;
}

/** A what-if that is answered sooner changes nothing but its figures. */
const LONG_MS = 500;

/** Some value moved from one position to another, or out: every figure before and after, on the same cases. */
export function MovePanel({ view, kept, nameHeld, isRunning, onRunAgain }: MovePanelProps) {
  const { t } = useText();
  const portfolioId = view.portfolio.id;
  const [draft, setDraft] = usePageState<MoveDraft>(`simulate.move.${portfolioId}`, NO_MOVE);
  const movable = useMemo(() => listMovable(view.positions), [view.positions]);
  const from = movable.find(({ id }) => id === draft.from) ?? null;
  const held = from?.bookEth.value ?? null;
  const judged = useMemo(() => judgeMove(draft, held), [draft, held]);
  const move = judged.kind === 'ready' ? judged.move : null;
  const state = useMove(portfolioId, kept.study.studyId, move);
  const { result, isWorking, error, cancel } = state;
  const isLong = useLasting(isWorking, LONG_MS);
  return (
    <Panel
      title={t('likelihood.move.title')}
      hint={t('likelihood.move.hint')}
      actions={<SetToggle />}
      isFlush
    >
      <div className={styles.parts}>
        <MoveForm
          draft={draft}
          setDraft={setDraft}
          judged={judged}
          held={held}
          movable={movable}
          nameHeld={nameHeld}
        />
        {error !== null && error.code !== 'cancelled' && <ErrorNotice error={error} onRetry={onRunAgain} />}
        {error?.code === 'not-found' && (
          <div>
            <Button size="sm" disabled={isRunning} onClick={onRunAgain}>
              {t('likelihood.settings.again')}
            </Button>
          </div>
        )}
        {move === null && result === null && <p className={styles.none}>{t('likelihood.move.empty')}</p>}
        {isLong && (
          <p className={styles.working} role="status">
            {t('likelihood.move.working')}
            <Button size="sm" variant="quiet" onClick={cancel}>
              {t('likelihood.move.stop')}
            </Button>
          </p>
        )}
      </div>
      {result !== null && <MoveTable kept={kept} result={result} nameHeld={nameHeld} isOutdated={isLong} />}
    </Panel>
  );
}

interface MoveFormProps {
  readonly draft: MoveDraft;
  readonly setDraft: (draft: MoveDraft) => void;
  readonly judged: JudgedMove;
  readonly held: bigint | null;
  readonly movable: ReturnType<typeof listMovable>;
  readonly nameHeld: NameHeld;
}

function MoveForm({ draft, setDraft, judged, held, movable, nameHeld }: MoveFormProps) {
  const { t } = useText();
  const format = useFormatAmount();
  const isHidden = useHideAmounts();
  const places = movable.map(({ id, bookEth }): SelectOption<string> => ({
    value: id,
    label: nameHeld(id) ?? '',
    hint: format(bookEth.value ?? 0n, ETH_UNIT),
  }));
  const heldText = held === null ? '' : format(held, ETH_UNIT);
  return (
    <div className={styles.form}>
      <SelectField
        label={t('likelihood.move.from')}
        value={held === null ? null : draft.from}
        onChange={(from) =>
          setDraft({ ...draft, from, amount: '', to: draft.to === from ? PLAIN_ETH : draft.to })
        }
        options={places}
        placeholder={t('likelihood.move.choose')}
      />
      <SelectField
        label={t('likelihood.move.to')}
        value={draft.to}
        onChange={(to) => setDraft({ ...draft, to })}
        options={[
          { value: PLAIN_ETH, label: t('likelihood.move.toEth') },
          ...places.filter(({ value }) => value !== draft.from),
        ]}
      />
      <NumberField
        label={t('likelihood.move.amount')}
        unit={ETH_UNIT.symbol}
        value={isHidden && draft.amount !== '' ? t('likelihood.move.covered') : draft.amount}
        isDisabled={held === null || isHidden}
        onChange={(amount) => setDraft({ ...draft, amount })}
        error={
          judged.kind === 'wrong'
            ? t(`likelihood.move.problem.${judged.problem}`, { amount: heldText })
            : null
        }
        help={held === null ? undefined : t('likelihood.move.of', { amount: heldText })}
        maxLength={40}
      />
      <Slider
        step={held === null ? 0 : stepOfAmount(draft.amount, held)}
        isDisabled={held === null}
        onChange={(step) => {
          if (held !== null) setDraft({ ...draft, amount: step === 0 ? '' : amountOfStep(step, held) });
        }}
      />
    </div>
  );
}

interface SliderProps {
  readonly step: number;
  readonly isDisabled: boolean;
  readonly onChange: (step: number) => void;
}

function Slider({ step, isDisabled, onChange }: SliderProps) {
  const { t } = useText();
  const id = useId();
  const percent = `${Math.round((step * 100) / SLIDER_STEPS)}%`;
  return (
    <div className={styles.slider}>
      <label htmlFor={id} className={styles.label}>
        {t('likelihood.move.slider')}
      </label>
      <span className={styles.track}>
        <input
          id={id}
          type="range"
          className={styles.range}
          min={0}
          max={SLIDER_STEPS}
          step={1}
          value={step}
          aria-valuetext={percent}
          disabled={isDisabled}
          onChange={(event) => onChange(Number(event.target.value))}
        />
        <span className={styles.percent}>{percent}</span>
      </span>
    </div>
  );
}
