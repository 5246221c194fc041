/** How the figures were computed: formulas with their citation, assumptions, and what is not modelled. */
import type { FormulaId } from '../../shared/domain/figure.ts';
import type { Report } from '../../shared/domain/report.ts';
import { useText } from '../state/text.ts';
import { PaperSection } from './PaperSection.tsx';
import styles from './ReportPaper.module.css';
import { listScenarioRules } from './scenarioRules.ts';

const ASSUMPTIONS = ['block', 'rate', 'dollars', 'names'] as const;
const LIMITS = ['probability', 'market', 'cover', 'redistribution', 'contagion'] as const;

function FormulaList({ formulas }: { readonly formulas: readonly FormulaId[] }) {
  const { t } = useText();
  return (
    <dl className={styles['definitions']}>
      {formulas.map((formula) => (
        <div key={formula}>
          <dt>{t(`reports.paper.method.name.${formula}`)}</dt>
          <dd>{t(`figure.formula.${formula}`)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function MethodSection({ report, isSample }: { readonly report: Report; readonly isSample: boolean }) {
  const { t } = useText();
  const limits = LIMITS.filter((key) => key !== 'probability' || report.likelihood === undefined);
  return (
    <PaperSection title={t('reports.paper.method.title')} isSample={isSample} startsPage>
      <p className={styles['intro']}>{t('reports.paper.method.intro')}</p>
      {report.formulas.length > 0 && (
        <>
          <h3 className={styles['h3']}>{t('reports.paper.method.formulasTitle')}</h3>
          <FormulaList formulas={report.formulas} />
        </>
      )}
      {report.run !== null && (
        <>
          <h3 className={styles['h3']}>{t('reports.paper.method.scenarioTitle')}</h3>
          <ul className={styles['list']}>
            {listScenarioRules(report.run.result, report.exposure).map((key) => (
              <li key={key}>{t(`reports.paper.method.scenario.${key}`)}</li>
            ))}
          </ul>
        </>
      )}
      <h3 className={styles['h3']}>{t('reports.paper.method.assumptionsTitle')}</h3>
      <ul className={styles['list']}>
        {ASSUMPTIONS.map((key) => (
          <li key={key}>{t(`reports.paper.method.assumptions.${key}`)}</li>
        ))}
      </ul>
      <h3 className={styles['h3']}>{t('reports.paper.method.limitsTitle')}</h3>
      <ul className={styles['list']}>
        {limits.map((key) => (
          <li key={key}>{t(`reports.paper.method.limits.${key}`)}</li>
        ))}
      </ul>
    </PaperSection>
  );
}
