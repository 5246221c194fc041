import { Tooltip } from '@base-ui/react/tooltip';
import { oldestTimeOf, sourcesOf, type Figure } from '../../shared/domain/figure.ts';
import { formatExact } from '../../shared/format/numbers.ts';
import { formatAge } from '../../shared/format/time.ts';
import { useText } from '../state/text.ts';
import { useNow } from '../state/useNow.ts';
import { explainUnknown, formatExactFigure, nameFigure } from './figureText.ts';
import { figureTip, type FigureTipContent } from './figureTip.ts';
import styles from './FigureTip.module.css';
import popupStyles from './Popup.module.css';

/** The popup of every figure. Mounted once, by the shell. */
export function FigureTip() {
  return (
    <Tooltip.Root handle={figureTip}>
      {({ payload }) => (
        <Tooltip.Portal>
          <Tooltip.Positioner className={popupStyles.positioner} side="bottom" align="end" sideOffset={6}>
            <Tooltip.Popup className={popupStyles.tooltip}>
              {payload && <TipBody content={payload} />}
            </Tooltip.Popup>
          </Tooltip.Positioner>
        </Tooltip.Portal>
      )}
    </Tooltip.Root>
  );
}

function TipBody({ content }: { readonly content: FigureTipContent }) {
  if (content.kind === 'figure') return <FigureBody figure={content.figure} isStale={content.isStale} />;
  const { value, unit } = content;
  return (
    <span className={styles.exact}>
      {formatExact(value, unit)} {unit.symbol}
    </span>
  );
}

function FigureBody({ figure, isStale }: { readonly figure: Figure; readonly isStale: boolean }) {
  const { t, tKey, locale } = useText();
  const now = useNow(10_000);
  const time = oldestTimeOf(figure);
  const isSample = sourcesOf(figure).some((source) => source.kind === 'sample');
  const reason = explainUnknown(figure, tKey);
  return (
    <span className={styles.body}>
      <span className={styles.name}>{nameFigure(figure, tKey)}</span>
      <span className={styles.exact}>
        {formatExactFigure(figure) ?? `${t('shell.figure.unknown')}: ${reason ?? ''}`}
      </span>
      {figure.reason?.detail !== undefined && <span className={styles.note}>{figure.reason.detail}</span>}
      {isSample ? (
        <span className={styles.note}>{t('shell.figure.sample')}</span>
      ) : (
        time !== null && (
          <span className={isStale ? styles.stale : styles.note}>
            {t(isStale ? 'shell.figure.stale' : 'shell.figure.asOf', { age: formatAge(time, now, locale) })}
          </span>
        )
      )}
    </span>
  );
}
