// Which technology a sender means: generations, standards and the modes that phones and their logs show.

import type { Radio } from '../model/cell.ts';

/** Tried in order: `5G NSA` is NR although its anchor is LTE, `HSPA+` is UMTS. */
const PATTERNS: readonly (readonly [RegExp, Radio])[] = [
  [/^(?:5G|NR|ENDC|NGRAN)|NSA$/, 'NR'],
  [/^(?:4G|LTE|TDLTE|TDDLTE|FDDLTE|EUTRA)/, 'LTE'],
  [/^(?:3G|3\.5G|UMTS|WCDMA|HS(?:D|U)?PA|UTRA|TDSCDMA|DCHSPA)/, 'UMTS'],
  [/^(?:2G|GSM|GPRS|EDGE|GERAN)/, 'GSM'],
];

/** The technology that `name` means; undefined for a name that means none (CDMA, WLAN, …). */
export function radioNamed(name: string): Radio | undefined {
  const letters = name.toUpperCase().replaceAll(/[^A-Z0-9.]/g, '');
  return PATTERNS.find(([pattern]) => pattern.test(letters))?.[1];
}
