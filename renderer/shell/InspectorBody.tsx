import { ArrowLeft } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import type { Figure } from '../../shared/domain/figure.ts';
import { formatFigure } from '../../shared/format/numbers.ts';
import { HIDDEN_AMOUNT, isAmountUnit } from '../state/amounts.ts';
import { useInspector } from '../state/inspector.ts';
import { useHideAmounts } from '../state/settings.ts';
import { useText } from '../state/text.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { copyFigure, explainUnknown, formatExactFigure, nameFigure } from '../ui/figureText.ts';
import { Address } from '../ui/Address.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { StateWord } from '../ui/StateWord.tsx';
import styles from './InspectorBody.module.css';
import { InspectorInputs } from './InspectorInputs.tsx';
import { InspectorSources } from './InspectorSources.tsx';

/** One figure, turned over: value, formula, inputs, sources. */
export function InspectorBody({ figure }: { readonly figure: Figure }) {
  const { t, tKey } = useText();
  const { basis } = figure;
  return (
    <div className={styles.figure}>
      <Way />
      <div>
        <h3 className={styles.name}>{nameFigure(figure, tKey)}</h3>
        <p className={styles.subject}>
          {/^0x[0-9a-f]{40}$/iu.test(figure.subject) ? <Address address={figure.subject} /> : figure.subject}
        </p>
      </div>
      {figure.value === null ? <Unknown figure={figure} /> : <Value figure={figure} />}
      {basis.kind === 'computed' && (
        <>
          <Section title={t('shell.inspector.formula')}>
            <p className={styles.formula}>{tKey(`figure.formula.${basis.formula}`)}</p>
          </Section>
          <Section title={t('shell.inspector.inputs')}>
            <InspectorInputs inputs={basis.inputs} subject={figure.subject} />
          </Section>
        </>
      )}
      <InspectorSources figure={figure} />
    </div>
  );
}

/** The figures that led here, each one press away. */
function Way() {
  const { t, tKey } = useText();
  const stack = useInspector((state) => state.stack);
  const back = useInspector((state) => state.back);
  const goTo = useInspector((state) => state.goTo);
  if (stack.length < 2) return null;
  return (
    <nav className={styles.way} aria-label={t('shell.inspector.way')}>
      <IconButton icon={ArrowLeft} size="sm" label={t('shell.inspector.back')} onClick={back} />
      <ol className={styles.crumbs}>
        {stack.slice(0, -1).map((figure, index) => (
          // A figure may come twice on the way; its place is what tells them apart.
          <li key={index}>
            <button type="button" className={styles.crumb} onClick={() => goTo(index)}>
              {nameFigure(figure, tKey)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Value({ figure }: { readonly figure: Figure }) {
  const { t, locale } = useText();
  const isHidden = useHideAmounts() && isAmountUnit(figure.unit);
  const shown = formatFigure(figure, { locale }) ?? '';
  const exact = formatExactFigure(figure) ?? '';
  if (isHidden) {
    return (
      <div>
        <p className={styles.value}>{HIDDEN_AMOUNT}</p>
        <p className={styles.note}>{t('shell.inspector.hidden')}</p>
      </div>
    );
  }
  return (
    <div>
      <p className={styles.value}>
        <span>{shown}</span>
        <CopyButton text={shown} label={t('shell.inspector.copyShown')} />
      </p>
      <p className={styles.exact}>
        <span>{exact === shown ? t('shell.inspector.isExact') : exact}</span>
        <CopyButton text={copyFigure(figure)} label={t('shell.inspector.copyExact')} />
      </p>
      {figure.isEstimate === true && <p className={styles.note}>{t('shell.inspector.estimate')}</p>}
    </div>
  );
}

function Unknown({ figure }: { readonly figure: Figure }) {
  const { t, tKey } = useText();
  return (
    <div className={styles.unknown}>
      <StateWord tone="caution">{t('shell.inspector.unknown')}</StateWord>
      <p>
        {t('shell.inspector.reason')}: {explainUnknown(figure, tKey)}
      </p>
      {figure.reason?.detail !== undefined && <p className={styles.note}>{figure.reason.detail}</p>}
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h4 id={id} className={styles.sectionTitle}>
        {title}
      </h4>
      {children}
    </section>
  );
}
