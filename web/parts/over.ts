// Says when a cleared alert was over and how long it had lasted.

import type { Alert } from '../../server/api/contract.ts';
import type { Words } from '../text/en.ts';
import { formatDateUnlessToday, formatDuration, formatTime } from '../text/format.ts';

/** `Over since 05:10 on 16 Nov, lasted 3 h`; null while the alert is not cleared. */
export function overSince(alert: Alert, zone: string, language: string, now: number, words: Words): string | null {
  if (alert.state !== 'cleared' || !alert.clearedAt) return null;
  const at = Date.parse(alert.clearedAt);
  const lasted = formatDuration(at - Date.parse(alert.raisedAt), words);
  return words.alerts.over(formatTime(at, zone), formatDateUnlessToday(at, zone, language, now), lasted);
}
