// What the detector finds when a KPI leaves its usual range, and what it leaves alone.

import { beforeEach, describe, expect, it } from 'vitest';
import { SEASONAL_5, type SeasonalProfile } from '../../server/detect/detectors/seasonal/profile.ts';
import { SeasonalDetector } from '../../server/detect/detectors/seasonal.ts';
import { withSettings } from '../../server/detect/profile-settings.ts';
import { DAY_MS, type Row } from './synthetic-network.ts';
import { begun, ended, only, Watched } from './watched.ts';

/** 14 days, then on to 11:00, when there is life in the cells. */
const PERIODS_TO_LATE_MORNING = 44;
let network: Watched;

beforeEach(() => {
  network = new Watched(3);
  network.liveDays(14);
  network.live(PERIODS_TO_LATE_MORNING);
});

const worse = (change: Row) => only('cell-0', (row) => ({ ...row, ...change }));

describe('a KPI that leaves its usual range', () => {
  it('is found within two periods when drops are tenfold on enough attempts, with evidence', () => {
    const findings = network.live(
      2,
      only('cell-0', (row) => ({ ...row, session_releases: 400, drop_rate_pct: 5 })),
    );
    expect(begun(findings)).toHaveLength(1);
    const [finding] = begun(findings);
    expect(finding).toMatchObject({
      kind: 'anomaly',
      kpi: 'drop_rate_pct',
      subject: { scope: 'cell', id: 'cell-0' },
      detector: 'seasonal@5',
    });
    expect(finding!.evidence.observed).toBe(5);
    expect(finding!.evidence.attempts).toBe(400);
    expect(finding!.evidence.expected).toBeLessThan(1);
    expect(finding!.evidence.high).toBeLessThan(5);
    expect(finding!.evidence.score).toBeGreaterThan(0.5);
    expect(finding!.why).toMatchObject({
      code: 'ratio-above',
      values: { kpi: 'drop_rate_pct', observed: 5, attempts: 400, events: 20 },
    });
    expect(finding!.wouldClear).toMatchObject({ code: 'back-in-range', values: { kpi: 'drop_rate_pct', periods: 3 } });
  });

  it('is no finding at 46 % drops on 9 attempts, however long', () => {
    expect(network.live(12, worse({ session_releases: 9, drop_rate_pct: 46 }))).toEqual([]);
  });

  it('is one finding a cell: the worst KPI leads and the others stand beside it', () => {
    const findings = network.live(
      4,
      only('cell-0', (row) => ({
        ...row,
        latency_ms: row.latency_ms! * 8,
        dl_throughput_mbps: row.dl_throughput_mbps! / 3,
      })),
    );
    expect(begun(findings)).toHaveLength(1);
    const together = findings.find((finding) => finding.alsoKpis);
    expect(together).toMatchObject({ kpi: 'latency_ms', alsoKpis: ['dl_throughput_mbps'] });
    expect(together!.why.values.also).toBe('dl_throughput_mbps');
    expect(findings.map((finding) => finding.phase)).toEqual(
      ['begins', 'lasts', 'lasts', 'lasts'].slice(0, findings.length),
    );
  });

  it('begins at the first period that was out of line and ends after some good ones', () => {
    const from = network.at;
    const out = network.live(
      6,
      only('cell-0', (row) => ({ ...row, latency_ms: row.latency_ms! * 2.5 })),
    );
    expect(begun(out)[0]!.since).toBe(from + 900_000);
    const back = network.live(6);
    expect(ended(back)).toHaveLength(1);
    expect(ended(back)[0]!.at - from).toBe((6 + 3) * 900_000);
    expect(ended(back)[0]!.since).toBe(from + 900_000);
  });

  it('is no finding when it moves the harmless way', () => {
    const better = only('cell-0', (row) => ({
      ...row,
      latency_ms: 3,
      dl_throughput_mbps: 900,
      drop_rate_pct: 0,
      traffic_gb: row.traffic_gb! * 20,
    }));
    expect(network.live(40, better)).toEqual([]);
  });

  it('is one for a signal that is suddenly much better: the antenna looks somewhere else', () => {
    const [finding] = begun(network.live(4, worse({ rsrp_dbm: -75 })));
    expect(finding).toMatchObject({ kind: 'anomaly', kpi: 'rsrp_dbm', why: { code: 'above-usual' } });
  });

  it('is one for a change that is small but lasts, and ends when it is over', () => {
    const slower = only('cell-0', (row) => ({ ...row, dl_throughput_mbps: row.dl_throughput_mbps! * 0.6 }));
    const [finding] = begun(network.live(96, slower));
    expect(finding).toMatchObject({ kpi: 'dl_throughput_mbps', why: { code: 'shift-below' } });
    expect(ended(network.live(12))).toHaveLength(1);
  });

  it('is one for as long as a small change lasts, not one a day', () => {
    const slower = only('cell-0', (row) => ({ ...row, dl_throughput_mbps: row.dl_throughput_mbps! * 0.65 }));
    const findings = network.liveDays(2.5, slower);
    expect(begun(findings)).toMatchObject([{ kpi: 'dl_throughput_mbps', why: { code: 'shift-below' } }]);
    expect(ended(findings)).toEqual([]);
  });

  it('is none for a share that never fails any more', () => {
    const flawless = only('cell-0', (row) => ({ ...row, drop_rate_pct: 0, setup_success_pct: 100 }));
    expect(network.liveDays(4, flawless)).toEqual([]);
  });

  it('is one for a value that stands still though it always varied, and none for one that is constant', () => {
    const stuck = network.live(90, worse({ rsrp_dbm: -95 }));
    expect(begun(stuck)).toMatchObject([{ kpi: 'rsrp_dbm', why: { code: 'stands-still' } }]);
    expect(ended(network.live(8))).toHaveLength(1);
    const constant = new Watched(1);
    expect(constant.liveDays(20, (_cell, _at, row) => ({ ...row, rsrp_dbm: -95 }))).toEqual([]);
  });

  it('is no finding when the change is too small to matter', () => {
    const steady = new Watched(1);
    const level = (latencyMs: number) => () => ({ latency_ms: latencyMs });
    steady.liveDays(10, level(20));
    expect(steady.live(8, level(23.5))).toEqual([]);
    expect(begun(steady.live(8, level(40)))).toHaveLength(1);
  });

  it('is no finding for a single odd period, unless it is overwhelming', () => {
    expect(
      network.live(
        1,
        only('cell-0', (row) => ({ ...row, latency_ms: row.latency_ms! * 1.9 })),
      ),
    ).toEqual([]);
    expect(network.live(8)).toEqual([]);
    expect(begun(network.live(1, worse({ latency_ms: 900 })))).toHaveLength(1);
  });

  it('ends after a day when no more is heard of the KPI', () => {
    network.live(3, worse({ latency_ms: 300 }));
    const without = only('cell-0', ({ latency_ms: _, ...row }) => row);
    const findings = network.live(97, without);
    expect(ended(findings)).toHaveLength(1);
    expect(ended(findings)[0]!.evidence.observed).toBeNull();
  });

  it('never judges KPIs that are shown only, nor columns that are no KPI', () => {
    expect(network.live(8, worse({ setup_attempts: 1e6, session_releases: 1e6, 'VS.Strange': 7 }))).toEqual([]);
  });
});

describe('a level that stays', () => {
  it('is accepted as the usual after three days, not before', () => {
    const weaker = only('cell-0', (row) => ({ ...row, rsrp_dbm: row.rsrp_dbm! - 12 }));
    const before = network.usual('rsrp_dbm')!.mid;
    expect(ended(network.liveDays(2.9, weaker))).toHaveLength(0);
    expect(ended(network.liveDays(0.2, weaker))).toHaveLength(1);
    expect(begun(network.liveDays(4, weaker))).toHaveLength(0);
    expect(network.usual('rsrp_dbm')!.mid - before).toBeCloseTo(-12, 0);
  });

  it('is not accepted while it climbs: that is one finding, which ends days after it stands', () => {
    const [from, climbMs] = [network.at, 14 * DAY_MS];
    const noisier = only('cell-0', (row, at) => {
      const days = Math.min(climbMs, at - from) / DAY_MS;
      return { ...row, ul_interference_dbm: row.ul_interference_dbm! + 2 * days };
    });
    const climbing = network.liveDays(14, noisier);
    expect(begun(climbing)).toMatchObject([{ kpi: 'ul_interference_dbm' }]);
    expect(ended(climbing)).toEqual([]);
    const standing = network.liveDays(3, noisier);
    expect(begun(standing)).toEqual([]);
    expect(ended(standing)).toHaveLength(1);
    expect(network.liveDays(4, noisier)).toEqual([]);
  });

  it('is accepted after half a day by a deployment that asks for that', () => {
    const { profile } = withSettings(SEASONAL_5, { newLevelHours: 12 }) as { profile: SeasonalProfile };
    network.detector = new SeasonalDetector({ zone: 'UTC', memory: network.detector.save(), profile });
    const weaker = only('cell-0', (row) => ({ ...row, rsrp_dbm: row.rsrp_dbm! - 12 }));
    expect(ended(network.liveDays(0.45, weaker))).toHaveLength(0);
    expect(ended(network.liveDays(0.1, weaker))).toHaveLength(1);
  });

  it('is not accepted when it lasts a day: the baseline stays what it was', () => {
    const at = network.at + 7 * 24 * 3_600_000;
    const before = network.usual('latency_ms', 'cell-0', at)!.mid;
    network.liveDays(
      1,
      only('cell-0', (row) => ({ ...row, latency_ms: row.latency_ms! * 5 })),
    );
    const after = network.usual('latency_ms', 'cell-0', at)!.mid;
    expect(Math.abs(after / before - 1)).toBeLessThan(0.05);
  });
});

describe('the first day', () => {
  it('knows only hard lines: a gross miss is found, a shape not yet known is not', () => {
    const fresh = new Watched(2);
    expect(fresh.live(20)).toEqual([]);
    const findings = fresh.live(
      3,
      only('cell-0', (row) => ({ ...row, setup_attempts: 300, setup_success_pct: 40 })),
    );
    expect(begun(findings)[0]).toMatchObject({ kpi: 'setup_success_pct', subject: { id: 'cell-0' } });
  });
});
