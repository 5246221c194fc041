import type { Exposure } from '../../../shared/domain/exposure.ts';
import { formatBlock } from '../../../shared/format/numbers.ts';
import { ETH_UNIT } from '../../../shared/domain/figure.ts';
import type { Run } from '../../../shared/domain/scenario.ts';
import { describeEvent } from '../../../shared/format/scenario.ts';
import { formatAge } from '../../../shared/format/time.ts';
import { useFormatAmount } from '../../state/amounts.ts';
import { useText } from '../../state/text.ts';
import { useNow } from '../../state/useNow.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import styles from './RunSelect.module.css';

interface RunSelectProps {
  /** Newest first. */
  readonly runs: readonly Run[];
  readonly run: Run;
  readonly exposure: Exposure;
  readonly onChoose: (runId: string) => void;
}

/** The kept runs: when, on which block, what, and what it cost. */
export function RunSelect({ runs, run, exposure, onChoose }: RunSelectProps) {
  const { t, locale } = useText();
  const format = useFormatAmount();
  const now = useNow(30_000);
  const describe = ({ result }: Run): string => {
    const { events } = result.scenario;
    const [first] = events;
    const event = first ? describeEvent(first, exposure, t) : '';
    const more = events.length > 1 ? ` ${t('simulate.result.more', { count: events.length - 1 })}` : '';
    return t('simulate.result.runHint', {
      loss: format(result.totalLossWei, ETH_UNIT),
      event: `${event}${more}`,
    });
  };
  return (
    <span className={styles.select}>
      <SelectField
        label={t('simulate.result.earlier')}
        isInline
        isLabelHidden
        value={run.id}
        onChange={onChoose}
        options={runs.map((kept) => ({
          value: kept.id,
          label: t('simulate.result.ran', {
            age: formatAge(kept.ranAt, now, locale),
            block: formatBlock(kept.blockNumber, locale),
          }),
          hint: describe(kept),
        }))}
      />
    </span>
  );
}
