import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { shortenAddress } from '../../shared/domain/address.ts';
import { BLOCK_UNIT, type Figure } from '../../shared/domain/figure.ts';
import type { Source } from '../../shared/domain/source.ts';
import { formatValue } from '../../shared/format/numbers.ts';
import { formatAge, formatInstant } from '../../shared/format/time.ts';
import { HIDDEN_AMOUNT } from '../state/amounts.ts';
import { useHideAmounts } from '../state/settings.ts';
import { useText } from '../state/text.ts';
import { useNow } from '../state/useNow.ts';
import { Address } from '../ui/Address.tsx';
import { Button } from '../ui/Button.tsx';
import { DefinitionList } from '../ui/DefinitionList.tsx';
import { listDistinctSources } from './distinctSources.ts';
import bodyStyles from './InspectorBody.module.css';
import styles from './InspectorSources.module.css';

const SHOWN_AT_FIRST = 8;

/** Where the figure comes from. One source lies open; several are a list of which each opens. */
export function InspectorSources({ figure }: { readonly figure: Figure }) {
  const { t } = useText();
  const id = useId();
  const [isWhole, setIsWhole] = useState(false);
  const sources = listDistinctSources(figure);
  const shown = isWhole ? sources : sources.slice(0, SHOWN_AT_FIRST);
  const [only] = sources;
  return (
    <section aria-labelledby={id} className={bodyStyles.section}>
      <h4 id={id} className={bodyStyles.sectionTitle}>
        {t('shell.inspector.sources', { count: Math.max(1, sources.length) })}
      </h4>
      {only === undefined && <p className={bodyStyles.note}>{t('shell.inspector.noSource')}</p>}
      {only !== undefined && sources.length === 1 && <SourceDetail source={only} />}
      {sources.length > 1 && (
        <ul>
          {shown.map((source, index) => (
            <li key={index}>
              <details className={styles.source}>
                <summary className={styles.summary}>
                  <ChevronRight size={12} strokeWidth={2} aria-hidden />
                  <SourceTitle source={source} />
                </summary>
                <SourceDetail source={source} />
              </details>
            </li>
          ))}
        </ul>
      )}
      {shown.length < sources.length && (
        <Button size="sm" variant="quiet" onClick={() => setIsWhole(true)}>
          {t('shell.inspector.more', { count: sources.length - shown.length })}
        </Button>
      )}
    </section>
  );
}

/** Arguments of a call may be amounts (`sharesToUnderlyingView(78600…)`); they are covered with the others. */
function CallText({ call }: { readonly call: string }) {
  const areAmountsHidden = useHideAmounts();
  return (
    <span className={styles.call}>
      {areAmountsHidden ? call.replace(/\b\d{4,}\b/gu, HIDDEN_AMOUNT) : call}
    </span>
  );
}

/** The whole call stands in the detail. */
function shortenCall(call: string): string {
  return call.replace(/0x[0-9a-f]{40}/giu, shortenAddress);
}

function SourceTitle({ source }: { readonly source: Source }) {
  const { t } = useText();
  switch (source.kind) {
    case 'chain':
    case 'sample':
      return (
        <span>
          {source.contract} <CallText call={shortenCall(source.call)} />
        </span>
      );
    case 'bitcoin':
      return (
        <span>
          {source.endpoint} <CallText call={source.call} />
        </span>
      );
    case 'market':
      return <span>{t('shell.inspector.priceOf', { asset: source.asset, quote: source.quote })}</span>;
    case 'user':
      return <span>{t('shell.inspector.kind.user')}</span>;
    case 'definition':
      return <span>{t('shell.inspector.kind.definition')}</span>;
  }
}

function SourceDetail({ source }: { readonly source: Source }) {
  const { t, tKey, locale } = useText();
  const now = useNow(10_000);
  const formatTime = (time: number) => `${formatInstant(time, locale)} (${formatAge(time, now, locale)})`;
  const kind = { term: t('shell.inspector.source'), value: t(`shell.inspector.kind.${source.kind}`) };
  switch (source.kind) {
    case 'chain':
      return (
        <DefinitionList
          items={[
            kind,
            {
              term: t('shell.inspector.network'),
              value: t('shell.inspector.chain', { network: source.network, chainId: source.chainId }),
            },
            {
              term: t('shell.inspector.block'),
              value: formatValue(source.block.number, BLOCK_UNIT, { locale, isBare: true }),
            },
            { term: t('shell.inspector.blockTime'), value: formatTime(source.block.time * 1000) },
            ...(source.updatedAt === undefined
              ? []
              : [{ term: t('shell.inspector.updatedAt'), value: formatTime(source.updatedAt * 1000) }]),
            { term: t('shell.inspector.hash'), value: <Address address={source.block.hash} /> },
            { term: t('shell.inspector.contract'), value: source.contract },
            { term: t('shell.inspector.address'), value: <Address address={source.address} /> },
            { term: t('shell.inspector.call'), value: <CallText call={source.call} /> },
            { term: t('shell.inspector.endpoint'), value: source.endpoint },
            { term: t('shell.inspector.readAt'), value: formatTime(source.readAt) },
          ]}
        />
      );
    case 'sample':
      return (
        <DefinitionList
          items={[
            kind,
            { term: t('shell.inspector.contract'), value: source.contract },
            { term: t('shell.inspector.call'), value: <CallText call={source.call} /> },
            { term: t('shell.inspector.asOf'), value: formatInstant(source.asOf, locale) },
          ]}
        />
      );
    case 'bitcoin':
      return (
        <DefinitionList
          items={[
            kind,
            {
              term: t('shell.inspector.network'),
              value: t('shell.inspector.bitcoin', { network: source.network }),
            },
            {
              term: t('shell.inspector.tip'),
              value: formatValue(source.block.number, BLOCK_UNIT, { locale, isBare: true }),
            },
            { term: t('shell.inspector.blockTime'), value: formatTime(source.block.time * 1000) },
            { term: t('shell.inspector.hash'), value: <Address address={source.block.hash} /> },
            { term: t('shell.inspector.asked'), value: <CallText call={source.call} /> },
            { term: t('shell.inspector.server'), value: source.endpoint },
            { term: t('shell.inspector.readAt'), value: formatTime(source.readAt) },
          ]}
        />
      );
    case 'market':
      return (
        <DefinitionList
          items={[
            kind,
            {
              term: t('shell.inspector.what'),
              value: t('shell.inspector.priceOf', { asset: source.asset, quote: source.quote }),
            },
            { term: t('shell.inspector.provider'), value: tKey(`market.source.${source.provider}`) },
            { term: t('shell.inspector.asOf'), value: formatTime(source.at) },
          ]}
        />
      );
    case 'user':
      return (
        <DefinitionList
          items={[
            kind,
            { term: t('shell.inspector.what'), value: tKey(source.what) },
            { term: t('shell.inspector.entered'), value: formatTime(source.enteredAt) },
          ]}
        />
      );
    case 'definition':
      return <DefinitionList items={[kind, { term: t('shell.inspector.why'), value: tKey(source.why) }]} />;
  }
}
