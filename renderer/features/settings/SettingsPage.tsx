import { useEffect, useState } from 'react';
import { settingEntries, type SettingEntry } from '../../registry/settings.ts';
import { useRoute } from '../../state/route.ts';
import { useText, type TranslateKey } from '../../state/text.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { settingSections, type SettingSection } from './settingSections.tsx';
import styles from './SettingsPage.module.css';

/** Sections that answer what was typed, each by its own words and those of the settings in it. */
function filterSections(typed: string, tKey: TranslateKey): readonly SettingSection[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  return settingSections.filter((section) => {
    const entries = entriesOf(section).flatMap((entry) => [tKey(entry.title), tKey(entry.description)]);
    const text = [tKey(section.title), section.description ? tKey(section.description) : '', ...entries]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function entriesOf(section: SettingSection): readonly SettingEntry[] {
  return settingEntries.filter(({ key }) => section.keys.includes(key));
}

export function SettingsPage() {
  const { t, tKey } = useText();
  const { params } = useRoute();
  const [typed, setTyped] = useState('');
  const sections = filterSections(typed, tKey);
  const wanted =
    settingSections.find(
      ({ id, keys }) => id === params['section'] || keys.some((key) => key === params['setting']),
    )?.id ?? null;
  useEffect(() => {
    if (wanted === null) return;
    const section = document.getElementById(sectionElementId(wanted));
    section?.scrollIntoView({ block: 'start' });
    section?.querySelector<HTMLElement>('input, button, [tabindex]')?.focus({ preventScroll: true });
  }, [wanted]);
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')}>
      <div className={styles.layout}>
        <nav className={styles.index} aria-label={t('settings.sections')}>
          <TextField
            label={t('settings.search.label')}
            isLabelHidden
            placeholder={t('settings.search.placeholder')}
            value={typed}
            onChange={setTyped}
          />
          <ul className={styles.links}>
            {sections.map(({ id, title }) => (
              <li key={id}>
                <a
                  className={styles.link}
                  href={`#${sectionElementId(id)}`}
                  onClick={(event) => {
                    // The fragment carries the host's token; a section is not an address of its own.
                    event.preventDefault();
                    document.getElementById(sectionElementId(id))?.scrollIntoView({ block: 'start' });
                  }}
                >
                  {tKey(title)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.sections}>
          {sections.length === 0 && <EmptyState title={t('settings.search.nothing', { text: typed })} />}
          {sections.map((section) => (
            <div key={section.id} id={sectionElementId(section.id)} className={styles.section}>
              <section.Component entries={entriesOf(section)} />
            </div>
          ))}
        </div>
      </div>
    </Page>
  );
}

function sectionElementId(id: string): string {
  return `settings-${id}`;
}
