// The bar of the last day counts what was open when.

import { describe, expect, it } from 'vitest';
import { BUCKET_MS, lastHour, openOverTime } from '../../web/parts/alert-history.ts';
import { sampleAlert } from './sample-alert.ts';

const NOW = Date.parse('2026-03-17T14:00:00.000Z');
const at = (minutesAgo: number) => new Date(NOW - minutesAgo * 60_000).toISOString();

describe('open alerts over time', () => {
  it('counts an alert in every quarter hour that it was open in, and in no other', () => {
    const alert = sampleAlert({ severity: 'critical', state: 'cleared', raisedAt: at(50), clearedAt: at(20) });
    const buckets = openOverTime([alert], NOW, 2 * 3_600_000);
    expect(buckets).toHaveLength(8);
    expect(buckets.at(-1)?.at).toBe(NOW);
    expect(buckets.map((bucket) => bucket.critical)).toEqual([0, 0, 0, 0, 1, 1, 1, 0]);
  });

  it('counts what is still open up to now, and what began before the bar from its start', () => {
    const buckets = openOverTime([sampleAlert({ severity: 'minor', raisedAt: at(600) })], NOW, 4 * BUCKET_MS);
    expect(buckets.map((bucket) => bucket.other)).toEqual([1, 1, 1, 1]);
  });

  it('counts a site’s alert once, not its parts too', () => {
    const alerts = [
      sampleAlert({ raisedAt: at(30) }),
      sampleAlert({ id: 'b', partOf: 'a1', raisedAt: at(30), state: 'cleared', clearedAt: at(10) }),
    ];
    expect(lastHour(alerts, NOW)).toEqual({ opened: 1, cleared: 0 });
    expect(openOverTime(alerts, NOW, BUCKET_MS)).toMatchObject([{ major: 1 }]);
  });

  it('says how many opened and cleared within the last hour', () => {
    const alerts = [
      sampleAlert({ raisedAt: at(30) }),
      sampleAlert({ raisedAt: at(300), clearedAt: at(10), state: 'cleared' }),
      sampleAlert({ raisedAt: at(300), clearedAt: at(200), state: 'cleared' }),
    ];
    expect(lastHour(alerts, NOW)).toEqual({ opened: 1, cleared: 1 });
  });
});
