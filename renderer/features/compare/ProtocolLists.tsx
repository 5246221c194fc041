import { Play } from 'lucide-react';
import type { CatalogChange } from '../../../shared/contract/catalog-view.ts';
import type { Catalog, Protocol } from '../../../shared/domain/catalog.ts';
import { usePortfolio } from '../../state/portfolio.ts';
import { navigate } from '../../state/route.ts';
import { useText } from '../../state/text.ts';
import { useQuery } from '../../state/useQuery.ts';
import { Address } from '../../ui/Address.tsx';
import { Button } from '../../ui/Button.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { FactStatusWord } from './FactStatusMark.tsx';
import { formatObserved } from '../../../shared/format/catalog.ts';
import styles from './ProtocolLists.module.css';
import { SourceList } from './SourceList.tsx';

interface ListProps {
  readonly protocol: Protocol;
  readonly sources: Catalog['sources'];
}

export function DependencyList({ protocol, sources }: ListProps) {
  const { t } = useText();
  const { dependencies } = protocol;
  if (dependencies.length === 0) return <p className={styles.none}>{t('compare.detail.dependenciesNone')}</p>;
  return (
    <ul className={styles.list}>
      {dependencies.map((one, index) => (
        <li key={index}>
          <p>
            {one.name}, <span className={styles.quiet}>{t(`catalog.dependency.${one.kind}`)}</span>
          </p>
          <div className={styles.marks}>
            <FactStatusWord status={one.status} />
            <SourceList ids={one.sources} sources={sources} />
          </div>
        </li>
      ))}
    </ul>
  );
}

export function IncidentList({
  protocol,
  sources,
  known,
}: ListProps & { readonly known: readonly string[] }) {
  const { t } = useText();
  const { incidents } = protocol;
  if (incidents.length === 0) return <p className={styles.none}>{t('compare.detail.incidentsNone')}</p>;
  const nameLoss = (hasLoss: boolean | null): string =>
    t(
      hasLoss === null
        ? 'compare.detail.lossUnknown'
        : hasLoss
          ? 'compare.detail.loss'
          : 'compare.detail.noLoss',
    );
  return (
    <ul className={styles.list}>
      {incidents.map((one, index) => (
        <li key={index}>
          <p>
            <span className={styles.date}>{one.date}</span> {one.title}
          </p>
          <p className={styles.quiet}>
            {nameLoss(one.hasLoss)}
            {one.size !== null && `. ${one.size}`}
          </p>
          <p>{t('compare.detail.lesson', { text: one.teaches })}</p>
          <div className={styles.marks}>
            <FactStatusWord status={one.status} />
            <SourceList ids={one.sources} sources={sources} />
          </div>
          {one.replay !== null && known.includes(one.replay) && <Replay id={one.replay} />}
        </li>
      ))}
    </ul>
  );
}

/** A scenario can replay it where the shown portfolio holds what it struck. */
function Replay({ id }: { readonly id: string }) {
  const { t } = useText();
  const portfolioId = usePortfolio()?.id ?? null;
  const presets = useQuery('scenarios.presets', portfolioId === null ? null : { portfolioId });
  const isHeld = presets.data?.replays.some(({ incident }) => incident.id === id) ?? false;
  if (!isHeld) {
    return presets.isLoading ? null : <p className={styles.none}>{t('compare.detail.replayNothing')}</p>;
  }
  return (
    <Button size="sm" icon={Play} onClick={() => navigate('simulate', { replay: id })}>
      {t('compare.detail.replay')}
    </Button>
  );
}

export function ContractList({ protocol }: { readonly protocol: Protocol }) {
  const { t } = useText();
  const { contracts } = protocol;
  if (contracts.length === 0) return <p className={styles.none}>{t('compare.detail.contractsNone')}</p>;
  return (
    <Disclosure summary={t('compare.detail.contractsAll', { count: contracts.length })}>
      <ul className={styles.list}>
        {contracts.map(({ name, address, status, isFirstParty, seenIn }) => (
          <li key={`${name} ${address}`} title={seenIn.join('\n')}>
            <p className={styles.head}>
              <span>{name}</span>
              <Address address={address} />
            </p>
            <p className={styles.marks}>
              <FactStatusWord status={status} />
              <span>{t(isFirstParty ? 'compare.detail.firstParty' : 'compare.detail.thirdParty')}</span>
            </p>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

interface ChangeListProps {
  readonly changes: readonly CatalogChange[];
  /** Where the list is of more than one protocol. */
  readonly nameOf?: ((protocol: string) => string) | undefined;
}

export function ChangeList({ changes, nameOf }: ChangeListProps) {
  const { t, locale } = useText();
  return (
    <ul className={styles.list}>
      {changes.map(({ protocol, metric, before, after }, index) => {
        const words = { metric: t(`catalog.metric.${metric}`), after: formatObserved(after, locale) };
        const change =
          before === null
            ? t('compare.detail.changeNew', words)
            : t('compare.detail.changed', { ...words, before: formatObserved(before, locale) });
        return (
          <li key={index}>
            {nameOf === undefined ? change : t('compare.detail.changeOf', { name: nameOf(protocol), change })}
          </li>
        );
      })}
    </ul>
  );
}
