import { RotateCcw } from 'lucide-react';
import { formatAge } from '../../../shared/format/time.ts';
import { useText } from '../../state/text.ts';
import { useNow } from '../../state/useNow.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { NumberField } from '../../ui/NumberField.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import {
  PLAIN_STARTS,
  RANGE_FIELDS,
  writeRange,
  type FieldProblem,
  type RangeField,
  type StartOrigin,
  type TypedField,
  type YieldDraft,
  type YieldStart,
} from './yieldDraft.ts';
import styles from './YieldField.module.css';

interface YieldFieldProps {
  readonly id: TypedField;
  readonly unit: string;
  readonly draft: YieldDraft;
  readonly start: YieldStart;
  readonly problem: FieldProblem | null;
  /** Null takes back what was typed. */
  readonly onChange: (text: string | null) => void;
}

function isRangeField(id: TypedField): id is RangeField {
  return RANGE_FIELDS.some((field) => field === id);
}

/** One value: from where it is, or that it is the user's own, with the way back. */
export function YieldField({ id, unit, draft, start, problem, onChange }: YieldFieldProps) {
  const { t } = useText();
  const typed = draft.typed[id];
  const started = isRangeField(id) ? writeRange(start[id].range) : PLAIN_STARTS[id];
  const isYours = typed !== undefined;
  const help = id === 'emissionsFactor' || id === 'expectedLoss' ? t(`compare.yields.help.${id}`) : undefined;
  return (
    <div>
      <NumberField
        label={t(`compare.yields.field.${id}`)}
        unit={unit}
        value={typed ?? started}
        maxLength={40}
        onChange={(text) => onChange(text === started ? null : text)}
        error={problem === null ? null : t(`compare.yields.${problem}`)}
        help={help}
      />
      {isYours ? (
        <p className={styles.yours}>
          <StateWord tone="information">{t('compare.yields.yours')}</StateWord>
          <IconButton
            icon={RotateCcw}
            size="sm"
            label={t('compare.yields.back')}
            onClick={() => onChange(null)}
          />
        </p>
      ) : (
        isRangeField(id) && <p className={styles.origin}>{<Origin origin={start[id].origin} />}</p>
      )}
    </div>
  );
}

const MINUTE = 60_000;

function Origin({ origin }: { readonly origin: StartOrigin }) {
  const { t, locale } = useText();
  const now = useNow(MINUTE);
  switch (origin.kind) {
    case 'observed':
    case 'implied': {
      const { status, asOf, source } = origin.observation;
      const words = t('compare.yields.ofCatalog', {
        status: t(`catalog.status.${status}`),
        date: asOf,
        source: source.name,
      });
      return origin.kind === 'observed' ? words : `${t('compare.yields.implied')}. ${words}`;
    }
    case 'fact': {
      const { status, asOf } = origin.fact;
      const words = t('compare.yields.ofCatalogFact', { status: t(`catalog.status.${status}`) });
      return asOf === null ? words : `${words}, ${asOf}`;
    }
    case 'simulated':
      return t('compare.yields.ofSimulation', { age: formatAge(origin.madeAt, now, locale) });
    case 'in-unsplit':
      return t('compare.yields.inUnsplit');
    case 'unknown':
      return t('compare.yields.unknown');
  }
}
