// What the picture beside an alert shows.

import { expect, it } from 'vitest';
import type { Series } from '../../server/api/contract.ts';
import { chartData } from '../../web/parts/chart-data.ts';
import { evidenceSpan, withUsual } from '../../web/parts/evidence-span.ts';
import { sampleAlert } from './sample-alert.ts';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-03-17T00:15:00Z');
const iso = (at: number) => new Date(at).toISOString();
const creeping = sampleAlert({
  kpi: 'dl_throughput_mbps',
  changedAt: iso(NOW),
  creepsSince: iso(NOW - 20 * DAY_MS),
  evidence: { observed: 18, expected: 26, low: 24, high: 28, score: 0.9 },
});
const days: Series = {
  ...{ kpi: 'dl_throughput_mbps', unit: 'Mbit/s', step: 86_400, level: 'daily' },
  points: Array.from({ length: 27 }, (_, i) => [NOW - (27 - i) * DAY_MS, 26 - Math.max(0, i - 7) * 0.4]),
  ...{ spread: [], band: [], forecast: [], marks: [] },
};

it('shows the last hours of what broke, in the band that the server tells', () => {
  const alert = sampleAlert({ changedAt: iso(NOW) });
  expect(evidenceSpan(alert)).toEqual({ from: NOW - 5 * 3_600_000, to: NOW });
  expect(withUsual(days, alert)).toBe(days);
});

it('shows what creeps by days, from a week before it began, leaving the usual of before', () => {
  const { from, to, days: shown, stepSeconds } = evidenceSpan(creeping);
  expect([from, to, shown, stepSeconds]).toEqual([NOW - 27 * DAY_MS, NOW, 27, 86_400]);
  const { x, low, outside } = chartData(withUsual(days, creeping));
  const at = (day: number) => x.indexOf((NOW - day * DAY_MS) / 1000);
  expect(low[at(25)]).toBe(24);
  expect([25, 18, 2, 1].map((day) => outside[at(day)])).toEqual([false, false, true, true]);
});
