import { allSettings } from './config.ts';
import { settingGroups } from './setting.ts';

/** A setting as the documentation shows it. */
export interface SettingRow {
  readonly name: string;
  /** As it would stand in the environment; undefined: nothing is set. */
  readonly fallback: string | undefined;
  readonly unit: string | undefined;
  /** Completes "has to be …". */
  readonly allowed: string;
  /** Whether `<name>_FILE` can name a file that holds it. */
  readonly fromFile: boolean;
  readonly says: string;
}

/** The settings by group, in the order of the groups and of the tables. */
export function settingRows(): readonly { readonly title: string; readonly rows: readonly SettingRow[] }[] {
  return Object.entries(settingGroups).map(([group, title]) => ({
    title,
    rows: allSettings
      .filter((setting) => setting.group === group)
      .map(({ name, fallback, unit, allowed, secret, says }) => ({
        name,
        fallback,
        unit,
        allowed,
        fromFile: secret,
        says,
      })),
  }));
}
