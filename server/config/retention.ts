// Reads the section `retention` of the deployment's file: how long values of each level, and radio samples, are kept.

import { DAY_MS } from '../maths/local-time.ts';
import type { Setting } from './file.ts';

/** Ages in milliseconds of data time; Infinity: for ever. */
export interface RetentionConfig {
  raw: number;
  hourly: number;
  daily: number;
  samples: number;
}

export const KEEP_ALL: RetentionConfig = { raw: Infinity, hourly: Infinity, daily: Infinity, samples: Infinity };

const NAMES = ['raw', 'hourly', 'daily', 'samples'] as const;
const AGE = /^(\d{1,6})\s*(d|w|y)$/i;
const DAYS: Record<string, number> = { d: 1, w: 7, y: 365 };
/** Days are pooled when they are over, and much of what comes late comes within the next. */
const SHORTEST_DAYS = 2;

/** `{raw: 90d, hourly: 2y, daily: forever, samples: 26w}`, each for ever unless told. Throws ConfigError at the line of a mistake. */
export function readRetention(section: Setting | undefined): RetentionConfig {
  if (!section || section.isEmpty) return KEEP_ALL;
  const settings = section.map(NAMES);
  const read = { ...KEEP_ALL };
  for (const [name, setting] of settings) read[name as keyof RetentionConfig] = readAge(setting);
  // Charts fall back to the coarser values.
  for (const [finer, coarser] of [
    ['raw', 'hourly'],
    ['hourly', 'daily'],
  ] as const) {
    const isShorter = read[coarser] < read[finer];
    if (isShorter) (settings.get(coarser) ?? section).fail(`must not be shorter than ${finer}, which is finer`);
  }
  return read;
}

function readAge(setting: Setting): number {
  const text = setting.text();
  if (text.trim().toLowerCase() === 'forever') return Infinity;
  const [, count, unit] = AGE.exec(text.trim()) ?? [];
  const days = unit === undefined ? 0 : Number(count) * DAYS[unit.toLowerCase()]!;
  if (days >= SHORTEST_DAYS) return days * DAY_MS;
  return setting.fail(`must be forever, or an age of at least ${SHORTEST_DAYS}d, such as 90d, 26w or 2y`);
}
