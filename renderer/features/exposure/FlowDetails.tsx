import { FlaskConical, X } from 'lucide-react';
import type { PortfolioView } from '../../../shared/contract/methods.ts';
import type { Exposure, SharedRow } from '../../../shared/domain/exposure.ts';
import { ETH_UNIT, SHARE_UNIT } from '../../../shared/domain/figure.ts';
import { fractionOf, sumOf } from '../../../shared/domain/units.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { Amount } from '../../ui/Amount.tsx';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useNamePosition } from './useNamePosition.ts';
import styles from './FlowDetails.module.css';
import { useNameNode } from './flowNames.ts';
import type { Selection } from './selection.ts';

interface FlowDetailsProps {
  readonly view: PortfolioView;
  readonly exposure: Exposure;
  readonly selection: Selection | null;
  readonly onChoose: (id: string | null) => void;
}

/** Of the chosen part: its value, what one fault there costs, and the positions it is made of. */
export function FlowDetails(props: FlowDetailsProps) {
  const { exposure, selection, onChoose } = props;
  return selection === null ? (
    <Ends exposure={exposure} onChoose={onChoose} />
  ) : (
    <Chosen {...props} selection={selection} />
  );
}

/** From what a slash can reach to what is not known. */
const END_KINDS = ['unallocated', 'free', 'hidden'] as const;

/** Without a choice: where all of it ends. The parts add up to the book value. */
function Ends({ exposure, onChoose }: Pick<FlowDetailsProps, 'exposure' | 'onChoose'>) {
  const { t } = useText();
  const nameNode = useNameNode();
  const allocated = sumOf(
    exposure.nodes.filter(({ kind }) => kind === 'service').map(({ valueWei }) => valueWei),
  );
  const known = sumOf(exposure.nodes.filter(({ depth }) => depth === 0).map(({ valueWei }) => valueWei));
  const ends = END_KINDS.flatMap((kind) => exposure.nodes.filter((node) => node.kind === kind));
  return (
    <>
      <h3 className={styles.title}>{t('exposure.details.title')}</h3>
      <p className={styles.hint}>{t('exposure.details.hint')}</p>
      <ul className={styles.list}>
        {allocated > 0n && (
          <li className={styles.end}>
            <span className={styles.name}>{t('exposure.details.services')}</span>
            <EndValue valueWei={allocated} known={known} />
          </li>
        )}
        {ends.map((node) => (
          <li key={node.id} className={styles.end}>
            <button type="button" className={styles.link} onClick={() => onChoose(node.id)}>
              {nameNode(node)}
            </button>
            <EndValue valueWei={node.valueWei} known={known} />
          </li>
        ))}
      </ul>
    </>
  );
}

function EndValue({ valueWei, known }: { readonly valueWei: bigint; readonly known: bigint }) {
  const share = fractionOf(valueWei, known);
  return (
    <span className={styles.value}>
      <Amount value={valueWei} unit={ETH_UNIT} />
      {share !== null && (
        <span className={styles.share}>
          <Amount value={share} unit={SHARE_UNIT} />
        </span>
      )}
    </span>
  );
}

const WORST_WORDS = {
  operator: 'worstOperator',
  service: 'worstService',
} as const satisfies Partial<Record<SharedRow['kind'], string>>;

function Chosen({ view, selection, onChoose }: FlowDetailsProps & { readonly selection: Selection }) {
  const { t } = useText();
  const nameNode = useNameNode();
  const namePosition = useNamePosition(view);
  const { id, kind, valueWei, share, worstLossWei, parts, operators } = selection;
  const worst = kind === 'operator' || kind === 'service' ? WORST_WORDS[kind] : 'worstDependency';
  return (
    <>
      <div className={styles.head}>
        <div>
          <h3 className={styles.title}>{nameNode(selection)}</h3>
          <p className={styles.hint}>{t(`exposure.kind.${kind}`)}</p>
        </div>
        <IconButton size="sm" icon={X} label={t('exposure.details.clear')} onClick={() => onChoose(null)} />
      </div>
      <dl className={styles.facts}>
        <div>
          <dt>{t('exposure.details.value')}</dt>
          <dd className={styles.main}>
            <Amount value={valueWei} unit={ETH_UNIT} />
          </dd>
          {share !== null && (
            <dd className={styles.share}>
              <Amount value={share} unit={SHARE_UNIT} />
            </dd>
          )}
        </div>
        {worstLossWei !== null && (
          <div>
            <dt>{t('exposure.details.worst')}</dt>
            <dd className={styles.worst}>
              <Amount value={worstLossWei} unit={ETH_UNIT} />
            </dd>
            <dd className={styles.hint}>{t(`exposure.details.${worst}`)}</dd>
          </div>
        )}
      </dl>
      {worstLossWei !== null && (
        <Button size="sm" icon={FlaskConical} onClick={() => navigate('simulate', { fault: id })}>
          {t('exposure.details.simulate')}
        </Button>
      )}
      {operators.length > 0 && (
        <>
          <h4 className={styles.subtitle}>{t('exposure.details.operators')}</h4>
          <ul className={styles.list}>
            {operators.map((operator) => (
              <li key={operator.id} className={styles.end}>
                <button type="button" className={styles.link} onClick={() => onChoose(operator.id)}>
                  {operator.name}
                </button>
                <Amount value={operator.valueWei} unit={ETH_UNIT} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h4 className={styles.subtitle}>{t('exposure.details.positions', { count: parts.length })}</h4>
      <ul className={styles.list}>
        {parts.map(({ positionId, valueWei: partWei }) => (
          <li key={positionId} className={styles.end}>
            <button
              type="button"
              className={styles.link}
              onClick={() => navigate('positions', { position: positionId })}
            >
              {namePosition(positionId)}
            </button>
            <Amount value={partWei} unit={ETH_UNIT} />
          </li>
        ))}
      </ul>
    </>
  );
}
