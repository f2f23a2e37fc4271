// Says when a cleared alert was over and how long it had lasted, and of what was foretold, what came of it.

import type { Alert } from '../../server/api/contract.ts';
import type { Words } from '../text/en.ts';
import { formatDateUnlessToday, formatDuration, formatTime } from '../text/format.ts';
import { isForetold } from './alert-groups.ts';

/** `Over since 05:10 on 16 Nov, lasted 3 h`, `Came true at 05:10, 3 h after the warning`; null while the alert is not cleared. */
export function overSince(alert: Alert, zone: string, language: string, now: number, words: Words): string | null {
  if (alert.state !== 'cleared' || !alert.clearedAt) return null;
  const at = Date.parse(alert.clearedAt);
  const span = formatDuration(at - Date.parse(alert.raisedAt), words);
  return sayingOf(alert, words)(formatTime(at, zone), formatDateUnlessToday(at, zone, language, now), span);
}

function sayingOf(alert: Alert, { alerts: { over, foretoldOver } }: Words): Words['alerts']['over'] {
  if (!isForetold(alert)) return over;
  const sayings = new Map<string, typeof over>(Object.entries(foretoldOver));
  return alert.history.map(({ what }) => sayings.get(what)).findLast((saying) => saying !== undefined) ?? over;
}
