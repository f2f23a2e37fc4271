// How bad it is, as an operator would say it.

import { describe, expect, test } from 'vitest';
import { audienceOf, SEVERITY_TABLE, severityOf } from '../../server/alerts/severity.ts';
import { findKpi, KPI_CATALOGUE } from '../../server/model/catalogue.ts';
import type { Evidence, Finding } from '../../server/model/finding.ts';
import { bench, finding } from './network.ts';

const anomaly = (kpi: string, evidence: Partial<Evidence>): Finding =>
  finding('anomaly', 'H-B', 'begins', 0, 0, {
    kpi,
    evidence: { observed: null, expected: null, low: null, high: null, score: 0.8, ...evidence },
  });

describe('severity', () => {
  test.each<[string, string, Partial<Evidence>, string]>([
    ['nearly nobody gets in', 'setup_success_pct', { observed: 10, attempts: 400 }, 'critical'],
    ['many setups fail', 'setup_success_pct', { observed: 80, attempts: 400 }, 'major'],
    ['all of four setups failed', 'setup_success_pct', { observed: 0, attempts: 4 }, 'minor'],
    ['many calls drop', 'drop_rate_pct', { observed: 8, attempts: 1000 }, 'major'],
    ['46 % of nine calls drop', 'drop_rate_pct', { observed: 46, attempts: 9 }, 'minor'],
    ['voice of one class drops', 'drop_rate_pct.qci1', { observed: 8, attempts: 1000 }, 'major'],
    ['downloads at a fifth', 'dl_throughput_mbps', { observed: 4, expected: 20 }, 'major'],
    ['downloads at a half', 'dl_throughput_mbps', { observed: 10, expected: 20 }, 'minor'],
    ['noise far above its range', 'ul_interference_dbm', { observed: -90, high: -108 }, 'major'],
    ['noise just above its range', 'ul_interference_dbm', { observed: -105, high: -108 }, 'minor'],
    ['the cabinet is warm', 'temperature_c', { observed: 60, high: 45 }, 'warning'],
    ['it runs on battery', 'mains_on', { observed: 0, low: 1 }, 'minor'],
    ['few people are there', 'active_users', { observed: 2, expected: 40 }, 'indeterminate'],
    ["a deployment's own KPI", 'my_own_kpi', { observed: 2, expected: 40 }, 'indeterminate'],
  ])('when %s', (_, kpi, evidence, severity) => expect(severityOf(anomaly(kpi, evidence), false)).toBe(severity));

  test('of a cell off air is critical only when no other cell stands on its site', () => {
    expect(severityOf(finding('fault', 'S-A', 'begins', 0), true)).toBe('critical');
    expect(severityOf(finding('fault', 'H-A', 'begins', 0), false)).toBe('major');
  });

  test('of a cell that is off air for a part of the period is minor', () => {
    const why = { code: 'down', values: { downSeconds: 300, periodSeconds: 900 } };
    expect(severityOf(finding('fault', 'H-A', 'begins', 0, 0, { why }), true)).toBe('minor');
  });

  test('of a sleeping cell follows how many people usually use it', () => {
    const sleeping = (usualUsers: number) =>
      finding('fault', 'H-A', 'begins', 0, 0, {
        why: { code: 'sleeping', values: { usualUsers, periods: 4, sinceMs: 0 } },
      });
    expect([severityOf(sleeping(40), true), severityOf(sleeping(3), true)]).toEqual(['major', 'minor']);
  });

  test('of silence is indeterminate: nobody knows', () => {
    expect(severityOf(finding('silent', 'H-A', 'begins', 3), false)).toBe('indeterminate');
  });
});

test('a full cell is for planners, never for the night list', () => {
  expect(audienceOf(anomaly('prb_util_pct', { observed: 97, high: 80 }))).toBe('planner');
  expect(audienceOf(anomaly('drop_rate_pct', { observed: 9, high: 1 }))).toBe('noc');
});

test('every KPI that is judged has a row in the table, once', () => {
  const rows = SEVERITY_TABLE.flatMap((row) => row.kpis);
  expect(new Set(rows).size).toBe(rows.length);
  const downtime = ['fault_unavail_s'];
  const judged = KPI_CATALOGUE.filter((kpi) => kpi.worse !== 'none' && !downtime.includes(kpi.id)).map((kpi) => kpi.id);
  expect([...rows].sort()).toEqual(judged.sort());
  for (const row of SEVERITY_TABLE) for (const kpi of row.kpis) expect(findKpi(kpi)).toBeDefined();
});

describe('a signal that has moved for hours', () => {
  /** By so many decibels from a usual level of −95 dBm. */
  const shifted = (by: number, phase: Finding['phase'], n: number) => {
    const evidence = { observed: -95 + by, expected: -95, low: -98, high: -92, score: 0.6 };
    const why = { code: 'shift-above', values: { kpi: 'rsrp_dbm' } };
    return finding('anomaly', 'H-B', phase, n, 0, { kpi: 'rsrp_dbm', evidence, why });
  };

  test('by less than engineers call a change is not told, and is once it is more', async () => {
    const one = await bench();
    await one.take(shifted(1, 'begins', 0));
    await one.take(shifted(-2, 'lasts', 1));
    expect(one.alerts.counts().open).toBe(0);
    await one.take(shifted(3, 'lasts', 2));
    expect(one.about('H-B').kpi).toBe('rsrp_dbm');
    // What is told goes on until it is over.
    await one.take(shifted(1, 'lasts', 3));
    expect(one.about('H-B')).toMatchObject({ state: 'open', count: 2 });
  });
});

test('what has crept for days is one step milder than the same at once', () => {
  const slow = anomaly('dl_throughput_mbps', { observed: 30, expected: 40 });
  const dropping = anomaly('drop_rate_pct', { observed: 8, attempts: 1000 });
  const crept = (found: Finding) => severityOf({ ...found, why: { code: 'crept-below', values: {} } }, false);
  expect([severityOf(slow, false), crept(slow)]).toEqual(['minor', 'warning']);
  expect([severityOf(dropping, false), crept(dropping)]).toEqual(['major', 'minor']);
  expect(audienceOf(slow)).toBe('noc');
});
