/** Pods and rewards of the accounts: what stands in no row of the holdings, because it is no amount that is held. */
import type { EigenlayerFacts } from '../../shared/domain/eigenlayer-facts.ts';
import type { Figure } from '../../shared/domain/figure.ts';
import { nameAccount } from '../../shared/domain/names.ts';
import type { Report } from '../../shared/domain/report.ts';
import { formatFigure } from '../../shared/format/numbers.ts';
import { useText, type Text } from '../state/text.ts';
import styles from './ReportPaper.module.css';

function write(figure: Figure, { t, locale }: Text): string {
  const reason = t(`figure.reason.${figure.reason?.code ?? 'input-unknown'}`);
  return formatFigure(figure, { locale }) ?? t('reports.paper.unknown', { reason });
}

function describe({ pod, rewards }: EigenlayerFacts, text: Text): string[] {
  const { t } = text;
  const sentences: string[] = [];
  if (pod !== null) {
    const { address, depositShares, activeValidators, uncheckpointed } = pod;
    if (address !== null) sentences.push(t('reports.paper.eigenlayer.pod', { address }));
    const isDeficit = depositShares.value !== null && depositShares.value < 0n;
    const shares = write(depositShares, text);
    sentences.push(t(`reports.paper.eigenlayer.${isDeficit ? 'deficit' : 'shares'}`, { shares }));
    if (activeValidators !== null) {
      sentences.push(t('reports.paper.eigenlayer.validators', { validators: write(activeValidators, text) }));
    }
    if (uncheckpointed !== null) {
      sentences.push(t('reports.paper.eigenlayer.uncheckpointed', { amount: write(uncheckpointed, text) }));
    }
  }
  if (rewards !== null) {
    const { claimer, claimed, claimable } = rewards;
    if (claimed.length > 0) {
      const amounts = claimed
        .map((figure) => (figure.value === null ? `${figure.unit.symbol}: ` : '') + write(figure, text))
        .join(', ');
      sentences.push(t('reports.paper.eigenlayer.claimed', { amounts }));
    }
    sentences.push(t('reports.paper.eigenlayer.claimable', { amount: write(claimable, text) }));
    if (claimer !== null) sentences.push(t('reports.paper.eigenlayer.claimer', { address: claimer }));
  }
  return sentences;
}

export function EigenlayerFactsPart({ report }: { readonly report: Report }) {
  const text = useText();
  if (report.eigenlayer.length === 0) return null;
  const names = new Map(report.accounts.map((account) => [account.id, nameAccount(account)]));
  return (
    <>
      <h3 className={styles['h3']}>{text.t('reports.paper.eigenlayer.title')}</h3>
      <ul className={styles['list']}>
        {report.eigenlayer.map((facts) => (
          <li key={facts.accountId}>
            <bdi>{names.get(facts.accountId)}</bdi>: {describe(facts, text).join(' ')}
          </li>
        ))}
      </ul>
    </>
  );
}
