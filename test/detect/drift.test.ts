// What the detector says of a KPI that gets a little worse each day, and what it leaves alone.

import { describe, expect, it } from 'vitest';
import type { SeasonalDetector } from '../../server/detect/detectors/seasonal.ts';
import type { Finding } from '../../server/model/finding.ts';
import { batchOf, DAY_MS, HOUR_MS, Noise, type Row, START } from './synthetic-network.ts';
import { begun, ended, newDetector, only, type Spoil } from './watched.ts';

const CELLS = 12;
/** Number of a cell with few calls. */
const SMALL = 11;
const HOURS_PER_DAY = 24;
/** Scatter of one hour's value, and how far a day as a whole is off in one cell. */
const [OF_HOURS, OF_DAYS] = [0.06, 0.01];

/** Cells that live by the hour of the day with noise, hour by hour. */
class Creeping {
  at = START;
  private readonly noise: Noise;
  private ofDay: number[] = [];

  constructor(
    readonly detector: SeasonalDetector = newDetector(),
    readonly count = CELLS,
    seed = 1,
  ) {
    this.noise = new Noise(seed);
  }

  live(days: number, spoil: Spoil = (_cell, _at, row) => row): Finding[] {
    return Array.from({ length: days * HOURS_PER_DAY }, () => this.hour(spoil)).flat();
  }

  private hour(spoil: Spoil): Finding[] {
    this.at += HOUR_MS;
    if (this.at % DAY_MS === HOUR_MS)
      this.ofDay = Array.from({ length: this.count }, () => OF_DAYS * this.noise.normal());
    const rows = this.ofDay.flatMap((ofDay, i) => {
      const row = spoil(`cell-${i}`, this.at, this.row(ofDay, i === SMALL ? 25 : 900));
      return row ? [{ cell: `cell-${i}`, at: this.at, row }] : [];
    });
    return this.detector.observe(batchOf(rows, 3600));
  }

  private row(ofDay: number, calls: number): Row {
    const load = 1 - 0.6 * Math.cos((2 * Math.PI * this.at) / DAY_MS);
    const about = (value: number) => value * Math.exp(ofDay + OF_HOURS * this.noise.normal());
    const releases = this.noise.poisson(calls * load);
    return {
      dl_throughput_mbps: about(60 / (1 + load)),
      traffic_gb: about(4 * load),
      active_users: about(30 * load),
      temperature_c: 30 + this.noise.normal(),
      session_releases: releases,
      drop_rate_pct: (100 * this.noise.binomial(releases, 0.003)) / Math.max(1, releases),
    };
  }
}

/** After four weeks in which nothing happens. */
const quiet = new Creeping();
quiet.live(28);
const kept = quiet.detector.save();
const FROM = quiet.at;

function network(detector = newDetector(kept)): Creeping {
  const one = new Creeping(detector, CELLS, 2);
  one.at = FROM;
  return one;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const daysOf = (at: number) => (at - FROM) / DAY_MS;
const fallen = (at: number, perDay: number) => (1 - perDay) ** daysOf(at);
const slower = (row: Row, factor: number): Row => ({ ...row, dl_throughput_mbps: row.dl_throughput_mbps! * factor });
/** Slower by 1.5 % a day, until a day when it stops getting worse. */
const creeping = (untilDay = Number.POSITIVE_INFINITY): Spoil =>
  only('cell-0', (row, at) => slower(row, fallen(Math.min(at, FROM + untilDay * DAY_MS), 0.015)));

describe('a KPI that gets a little worse each day', () => {
  it('is told within some ten days, once, with where it came from, when it began and how cells alike fared', () => {
    const findings = network().live(14, creeping());
    expect(begun(findings)).toHaveLength(1);
    const [finding] = begun(findings);
    expect(finding).toMatchObject({ kind: 'anomaly', kpi: 'dl_throughput_mbps', why: { code: 'crept-below' } });
    expect(daysOf(finding!.at)).toBeLessThan(10);
    expect(Math.abs(daysOf(finding!.since))).toBeLessThanOrEqual(3);
    const { observed, expected, low, score } = finding!.evidence;
    const truth = fallen(finding!.at, 0.015);
    expect(observed! / expected!).toBeGreaterThan(truth);
    expect(observed! / expected!).toBeLessThan(truth + 0.06);
    expect(observed!).toBeLessThan(low!);
    expect(score).toBeGreaterThan(0.5);
    expect(finding!.why.values.alike).toBe(CELLS - 1);
    expect(findings.every(({ phase }) => phase !== 'ends')).toBe(true);
  });

  it('is told of drops by the attempts behind them: a cell with few of them is left alone', () => {
    const oftener = (cell: string): Spoil =>
      only(cell, (row, at) => {
        const drop_rate_pct = (0.3 / fallen(at, 0.08)) * (1 + 0.02 * Math.sin(at / HOUR_MS));
        return { ...row, drop_rate_pct };
      });
    const [finding] = begun(network().live(16, oftener('cell-0')));
    expect(finding).toMatchObject({ kpi: 'drop_rate_pct', why: { code: 'crept-above' } });
    expect(finding!.evidence.attempts).toBeGreaterThan(500);
    expect(network().live(16, oftener(`cell-${SMALL}`))).toEqual([]);
  });

  it('is told in figures of today, whatever the cell was like before something that has long been the usual', () => {
    const one = network();
    const halved = (row: Row) => slower(row, 0.5);
    one.live(40, only('cell-0', halved));
    const from = one.at;
    const further: Spoil = only('cell-0', (row, at) => slower(halved(row), 0.985 ** ((at - from) / DAY_MS)));
    const [finding] = begun(one.live(14, further));
    const usual = one.detector.usual(
      'cell-1',
      'dl_throughput_mbps',
      [...Array(7 * HOURS_PER_DAY).keys()].map((hour) => one.at + hour * HOUR_MS),
    );
    const middle = Math.exp(mean(usual.map((at) => Math.log(at!.mid))));
    const { from: before, observed } = finding!.why.values;
    expect(finding!.why.code).toBe('crept-below');
    expect(before).toBeGreaterThan(0.47 * middle);
    expect(before).toBeLessThan(0.53 * middle);
    expect(observed).toBeLessThan(0.93 * Number(before));
  });

  it('is over when it is back', () => {
    const one = network();
    one.live(12, creeping());
    const findings = one.live(10);
    expect(begun(findings)).toEqual([]);
    expect(ended(findings)).toHaveLength(1);
  });

  it('is over after weeks of staying as it is, and is the usual from then on', () => {
    const one = network();
    expect(ended(one.live(26, creeping(14)))).toEqual([]);
    expect(ended(one.live(20, creeping(14)))).toHaveLength(1);
    expect(begun(one.live(20, creeping(14)))).toEqual([]);
  });

  it('stays one finding with what is sudden within it: that comes, goes, and leaves the creep behind', () => {
    const one = network();
    const before = one.live(13, creeping());
    const sudden = one.live(
      1,
      only('cell-0', (row) => slower(row, 0.2)),
    );
    const after = one.live(2, creeping());
    expect(begun([...before, ...sudden, ...after])).toHaveLength(1);
    expect(ended([...sudden, ...after])).toEqual([]);
    expect(sudden.at(-1)!.why.code).toBe('below-usual');
    expect(after.at(-1)!.why.code).toBe('crept-below');
  });

  it('is one finding for all KPIs of a cell, and ends with the last of them', () => {
    const one = network();
    const both: Spoil = only('cell-0', (row, at) => {
      const speed = 0.985 ** Math.max(0, daysOf(at) - 2);
      return { ...slower(row, speed), drop_rate_pct: row.drop_rate_pct! + 0.028 * daysOf(at) };
    });
    const findings = one.live(18, both);
    expect(begun(findings)).toMatchObject([{ kpi: 'dl_throughput_mbps' }]);
    expect(findings.at(-1)).toMatchObject({ kpi: 'dl_throughput_mbps', alsoKpis: ['drop_rate_pct'] });
    const over = one.live(12);
    expect(ended(over)).toHaveLength(1);
    expect(ended(over)[0]!.since).toBe(begun(findings)[0]!.since);
  });

  it('goes on where it was when the cell was not heard of for days', () => {
    const one = network();
    one.live(12, creeping());
    expect(
      one
        .live(
          3,
          only('cell-0', () => undefined),
        )
        .filter(({ kind, phase }) => kind === 'anomaly' && phase === 'ends'),
    ).toEqual([]);
    expect(ended(one.live(12), 'anomaly')).toHaveLength(1);
  });

  it('ends with a declared change, and starts anew', () => {
    const one = network();
    one.live(13, creeping());
    expect(one.detector.relearn([['cell-0', one.at]])).toMatchObject([{ phase: 'ends', subject: { id: 'cell-0' } }]);
    expect(
      one.live(
        25,
        only('cell-0', (row) => slower(row, 0.7)),
      ),
    ).toEqual([]);
  });

  it('is found alike when the detector is saved and loaded on the way', () => {
    const whole = network();
    const restarted = network();
    let loaded = restarted.detector;
    const findings: Finding[] = [];
    for (let day = 0; day < 14; day++) {
      loaded = newDetector(loaded.save());
      const next = new Creeping(loaded, CELLS, day);
      const same = new Creeping(whole.detector, CELLS, day);
      next.at = same.at = FROM + day * DAY_MS;
      const told = same.live(1, creeping());
      expect(next.live(1, creeping())).toEqual(told);
      findings.push(...told);
    }
    expect(begun(findings)).toHaveLength(1);
    expect(loaded.save()).toEqual(whole.detector.save());
  });
});

describe('what is no creep of one cell', () => {
  const none = (days: number, spoil: Spoil) => expect(network().live(days, spoil)).toEqual([]);

  it('is what all its peers do, be it for weeks or with the season', () => {
    none(20, (_cell, at, row) => slower(row, fallen(at, 0.012)));
    none(50, (_cell, at, row) => slower(row, 1 + 0.2 * Math.sin((2 * Math.PI * daysOf(at)) / 90)));
  });

  it('is a change to the better, or less demand', () => {
    none(
      16,
      only('cell-0', (row, at) => slower(row, 1 / fallen(at, 0.015))),
    );
    const emptier = (row: Row, factor: number) => ({
      ...row,
      active_users: row.active_users! * factor,
      traffic_gb: row.traffic_gb! * factor,
    });
    none(
      16,
      only('cell-0', (row, at) => emptier(row, fallen(at, 0.015))),
    );
  });

  it('is a cell that is slower for carrying more: congestion is foretold', () => {
    none(
      16,
      only('cell-0', (row, at) => ({
        ...slower(row, fallen(at, 0.015)),
        traffic_gb: row.traffic_gb! / fallen(at, 0.025),
      })),
    );
  });

  it('is a cell that hears a neighbour carry more than it did', () => {
    const one = new Creeping(newDetector(), CELLS, 2);
    one.detector.place(
      Array.from({ length: CELLS }, (_, i) => [
        `cell-${i}`,
        { siteId: `site-${i >> 1}`, radio: 'LTE', lat: 30 + 0.01 * (i >> 1), lon: 120 },
      ]),
    );
    one.live(28);
    const busier: Spoil = (cell, at, row) => {
      if (cell === 'cell-0') return slower(row, fallen(at, 0.015));
      return cell === 'cell-1' ? { ...row, traffic_gb: row.traffic_gb! / fallen(at, 0.025) } : row;
    };
    expect(begun(one.live(16, busier))).toEqual([]);
    expect(one.detector.excused().neighbour).toBeGreaterThan(0);
  });

  it('is a day far better than usual, and the way back from it', () => {
    const dayOff = (at: number) => daysOf(at - 1) >= 3 && daysOf(at - 1) < 4;
    none(
      30,
      only('cell-0', (row, at) => (dayOff(at) ? slower(row, 1.6) : row)),
    );
  });

  it('is what became worse at once: that was told then, and is the usual since', () => {
    const findings = network().live(
      40,
      only('cell-0', (row) => slower(row, 0.6)),
    );
    expect(begun(findings)).toHaveLength(1);
    expect(begun(findings)[0]!.why.code).not.toContain('crept');
    expect(ended(findings)).toHaveLength(1);
  });

  it('is what became worse at once in any of the cells, whatever their last values before were', () => {
    const halved = (cell: string) =>
      network().live(
        4,
        only(cell, (row) => slower(row, 0.5)),
      );
    for (let i = 0; i < CELLS; i++) expect(ended(halved(`cell-${i}`)), `cell-${i}`).toHaveLength(1);
  });

  it('is equipment that wears out: that is foretold', () => {
    none(
      16,
      only('cell-0', (row, at) => ({ ...row, temperature_c: row.temperature_c! + daysOf(at) })),
    );
  });

  it('is a holiday week: it is never learned', () => {
    const one = network();
    const days = [10, 11, 12, 13, 14].map((day) => new Date(FROM + day * DAY_MS).toISOString().slice(0, 10));
    one.detector.setCalendar(
      days.map((date) => ({ date, type: 'holiday' as const })),
      'merge',
    );
    const crowdedAt = (at: number) => days.includes(new Date(at - 1).toISOString().slice(0, 10));
    const festive: Spoil = (cell, at, row) => (crowdedAt(at) ? slower(row, cell < 'cell-4' ? 0.86 : 0.95) : row);
    expect(begun(one.live(30, festive))).toEqual([]);
  });

  it('is one of many that wander, each by itself', () => {
    const walks = Array.from({ length: 30 }, (_, i) => ({ noise: new Noise(i), level: 0, day: 0 }));
    const wander: Spoil = (cell, at, row) => {
      const walk = walks[Number(cell.slice('cell-'.length))]!;
      const day = Math.floor((at - 1) / DAY_MS);
      if (day !== walk.day) Object.assign(walk, { day, level: 0.85 * walk.level + 0.03 * walk.noise.normal() });
      return slower(row, Math.exp(walk.level));
    };
    expect(begun(new Creeping(newDetector(), walks.length, 5).live(60, wander))).toEqual([]);
  });

  it('is noise: sixty days of three hundred series tell nothing', () => {
    expect(begun(new Creeping(newDetector(), 60, 3).live(60))).toEqual([]);
  });
});
