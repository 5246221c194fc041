import type { Notice } from '../../../shared/domain/observation.ts';
import { useText } from '../../state/text.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Mono } from '../../ui/Mono.tsx';
import styles from './NoticesPanel.module.css';

/** Calls that did not answer as their reader expects, for somebody who wonders what is missing and why. */
export function NoticesPanel({ notices }: { readonly notices: readonly Notice[] }) {
  const { t } = useText();
  if (notices.length === 0) return null;
  return (
    <section className={styles.notices}>
      <Disclosure
        summary={
          <>
            <span className={styles.title}>{t('positions.notices.title', { count: notices.length })}</span>
            <span className={styles.lead}>{t('positions.notices.lead')}</span>
          </>
        }
      >
        <ul>
          {notices.map((notice) => (
            <li key={`${notice.contract} ${notice.call} ${notice.detail}`} className={styles.notice}>
              <span className={styles.call}>
                <Mono>{notice.call === '' ? notice.contract : `${notice.contract}.${notice.call}`}</Mono>{' '}
                {t(`positions.notices.${notice.code}`)}
              </span>
              <span className={styles.detail}>{notice.detail}</span>
            </li>
          ))}
        </ul>
      </Disclosure>
    </section>
  );
}
