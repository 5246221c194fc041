/** What every section of the settings page is given. */
import type { SettingEntry } from '../../registry/settings.ts';

export interface SettingSectionProps {
  /** The registry's entries of this section. */
  readonly entries: readonly SettingEntry[];
}
