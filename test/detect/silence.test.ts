// How long a cell is waited for: two periods where that has always been enough, longer where it was not.

import { describe, expect, it } from 'vitest';
import type { Finding } from '../../server/model/finding.ts';
import type { Place } from '../../server/model/place.ts';
import { batchOf, DAY_MS, type Row, START } from './synthetic-network.ts';
import { begun, newDetector } from './watched.ts';

const PERIOD_MS = 900_000;
const PERIODS_A_DAY = DAY_MS / PERIOD_MS;
/** Four sites of three cells. */
const CELLS = Array.from({ length: 12 }, (_, i) => `s${Math.floor(i / 3)}-${'abc'[i % 3]}`);
const SIX_SITES = Array.from({ length: 18 }, (_, i) => `s${Math.floor(i / 3)}-${'abc'[i % 3]}`);
const siteOf = (cell: string) => cell.split('-')[0]!;

/** A source that sends its cells with one delivery a period, those that are late with one of their own. */
class Source {
  detector = newDetector();
  /** What a cell tells of a period. */
  row = (_cell: string): Row => ({ availability_pct: 100 });
  private at = START;
  private readonly kept: { cell: string; at: number; due: number }[] = [];

  constructor(
    private readonly cells: readonly string[] = CELLS,
    knowsSites = true,
    private readonly receivedAfterMs = 60_000,
    /** Where a site stands, in degrees east along one road. */
    eastOf?: (site: string) => number,
  ) {
    if (!knowsSites) return;
    const placeOf = (cell: string): Place => {
      const siteId = siteOf(cell);
      return { siteId, radio: 'LTE', ...(eastOf && { lat: 0, lon: eastOf(siteId) }) };
    };
    this.detector.place(cells.map((cell) => [cell, placeOf(cell)]));
  }

  /** `lateBy`: periods by which a cell's reading comes later; undefined: it never comes. */
  live(periods: number, lateBy: (cell: string) => number | undefined = () => 0): Finding[] {
    return Array.from({ length: periods }, () => this.period(lateBy)).flat();
  }

  private period(lateBy: (cell: string) => number | undefined): Finding[] {
    this.at += PERIOD_MS;
    for (const cell of this.cells) {
      const late = lateBy(cell);
      if (late !== undefined) this.kept.push({ cell, at: this.at, due: this.at + late * PERIOD_MS });
    }
    const due = this.kept.filter((one) => one.due <= this.at).sort((a, b) => b.at - a.at);
    for (const one of due) this.kept.splice(this.kept.indexOf(one), 1);
    // The newest first: what is late comes once the clock has moved on.
    const times = [...new Set(due.map(({ at }) => at))];
    return times.flatMap((at) => {
      const rows = due.filter((one) => one.at === at).map(({ cell }) => ({ cell, at, row: this.row(cell) }));
      return this.detector.observe({ ...batchOf(rows), receivedAt: this.at + this.receivedAfterMs });
    });
  }
}

const without =
  (...sites: string[]) =>
  (cell: string) =>
    sites.includes(siteOf(cell)) ? undefined : 0;
const silent = (findings: readonly Finding[]) => begun(findings, 'silent').map(({ subject }) => subject.id);

describe('a site that falls silent', () => {
  it('is told after two periods once it was punctual for a day', () => {
    const source = new Source();
    source.live(PERIODS_A_DAY + 5);
    expect(silent(source.live(1, without('s1')))).toEqual([]);
    expect(silent(source.live(1, without('s1')))).toEqual(['s1-a', 's1-b', 's1-c']);
  });

  it('is told as soon where the clock of its source is some seconds ahead of the one here', () => {
    const source = new Source(CELLS, true, -5000);
    source.live(PERIODS_A_DAY + 5);
    expect(silent(source.live(2, without('s1')))).toHaveLength(3);
  });

  it('is told after three while little is known of it', () => {
    const source = new Source();
    source.live(20);
    expect(silent(source.live(2, without('s1')))).toEqual([]);
    expect(silent(source.live(1, without('s1')))).toEqual(['s1-a', 's1-b', 's1-c']);
  });

  it('is given one period more where another falls silent with it: that may be whoever collects from both', () => {
    const source = new Source();
    source.live(PERIODS_A_DAY + 5);
    expect(silent(source.live(2, without('s1', 's2')))).toEqual([]);
    expect(silent(source.live(1, without('s1', 's2')))).toHaveLength(6);
  });
});

describe('three cells of which nobody knows the sites', () => {
  it('may be the sectors of one mast, nine may not', () => {
    const source = new Source(CELLS, false);
    source.live(PERIODS_A_DAY + 5);
    expect(silent(source.live(2, without('s1')))).toHaveLength(3);
    source.live(PERIODS_A_DAY + 5);
    expect(silent(source.live(3, without('s1', 's2', 's3')))).toEqual([]);
  });
});

describe('sites that hang on one collector', () => {
  it('are waited for together, even if one of them had another reading on its way', () => {
    const source = new Source();
    source.live(PERIODS_A_DAY + 5);
    source.live(1, without('s1', 's2'));
    expect(silent(source.live(5, without('s1', 's2', 's3')))).toEqual([]);
  });

  it('are waited for together, even if one of them is late by habit', () => {
    const source = new Source();
    source.live(PERIODS_A_DAY, (cell) => (siteOf(cell) === 's1' ? 4 : 0));
    source.live(5);
    expect(silent(source.live(6, without('s1', 's2', 's3')))).toEqual([]);
  });

  it('are one finding that names who is waited for longer as soon as that is over', () => {
    const source = new Source(SIX_SITES);
    source.live(PERIODS_A_DAY, (cell) => (siteOf(cell) === 's1' ? 8 : 0));
    const gone = without('s1', 's2', 's3', 's4');
    const findings = source.live(16, gone);
    expect(silent(findings)).toHaveLength(1);
    const told = findings.filter(({ subject }) => subject.scope === 'area');
    expect([told[0]!.cells.length, told.at(-1)!.cells.length]).toEqual([9, 12]);
    source.detector = newDetector(source.detector.save());
    const back = source.live(1).filter(({ phase }) => phase === 'ends');
    expect(back.map(({ subject }) => subject.scope)).toEqual(['area']);
  });
});

describe('three sites that fall silent together while the others of their sender go on', () => {
  const TEN_SITES = Array.from({ length: 10 }, (_, i) => `s${i}-a`);
  const east = (site: string) => Number(site.slice(1)) / 100;
  const lost = (eastOf?: (site: string) => number) => {
    const source = new Source(TEN_SITES, true, 60_000, eastOf);
    source.live(PERIODS_A_DAY + 5);
    return silent(source.live(8, without('s2', 's3', 's4')));
  };

  it('are sites where they stand side by side: a district has lost its power', () => {
    expect(lost(east)).toEqual(['s2-a', 's3-a', 's4-a']);
  });

  it('hang on one collector where others stand among them, or where nobody knows where they stand', () => {
    // The same ten places, so that s2, s3 and s4 stand at both ends and in the middle.
    const apart = ['s2', 's0', 's1', 's5', 's3', 's6', 's7', 's8', 's9', 's4'];
    expect(lost((site) => apart.indexOf(site) / 100)).toHaveLength(1);
    expect(lost()).toHaveLength(1);
  });

  it('are sites where they ran on their batteries, and are not waited for as a collector is', () => {
    const source = new Source(TEN_SITES);
    source.row = () => ({ availability_pct: 100, mains_on: 1 });
    source.live(PERIODS_A_DAY);
    source.row = (cell) => ({ availability_pct: 100, mains_on: ['s2', 's5', 's8'].includes(siteOf(cell)) ? 0 : 1 });
    source.live(5);
    expect(silent(source.live(3, without('s2', 's5', 's8')))).toEqual(['s2-a', 's5-a', 's8-a']);
  });

  it('are the sender where they are half of it', () => {
    const source = new Source(SIX_SITES, true, 60_000, east);
    source.live(PERIODS_A_DAY + 5);
    expect(silent(source.live(8, without('s2', 's3', 's4')))).toHaveLength(1);
  });

  it('are chance among thousands: each is told, and no later than one by itself', () => {
    const source = new Source(Array.from({ length: 3500 }, (_, i) => `s${i}-a`));
    source.live(6);
    expect(silent(source.live(3, without('s7', 's1900', 's3100')))).toHaveLength(3);
  });
});

describe('readings that are left out and never come', () => {
  it('make a site waited for longer, unless many sites lack them together', () => {
    const alone = new Source();
    alone.live(PERIODS_A_DAY + 5);
    alone.live(1, without('s1'));
    alone.live(5);
    expect(silent(alone.live(2, without('s1')))).toEqual([]);
    const together = new Source();
    together.live(PERIODS_A_DAY + 5);
    together.live(1, without('s1', 's2', 's3'));
    together.live(5);
    expect(silent(together.live(2, without('s1')))).toHaveLength(3);
  });
});

describe('a site whose readings come late', () => {
  const lateBy = (periods: number) => (cell: string) => (siteOf(cell) === 's1' ? periods : 0);

  it('is not told any more once that is its habit', () => {
    const source = new Source();
    source.live(PERIODS_A_DAY);
    source.live(20, lateBy(4));
    expect(silent(source.live(PERIODS_A_DAY, lateBy(4)))).toEqual([]);
  });

  it('is waited for by that habit, and by two periods again after some days without', () => {
    const source = new Source();
    source.live(20, lateBy(4));
    source.live(10);
    expect(silent(source.live(4, without('s1')))).toEqual([]);
    expect(silent(source.live(2, without('s1')))).toHaveLength(3);
    source.live(4 * PERIODS_A_DAY);
    expect(silent(source.live(2, without('s1')))).toHaveLength(3);
  });

  it('is punctual again some days after a sender of few sites was away, however long that was', () => {
    const source = new Source(CELLS.slice(0, 6));
    source.live(PERIODS_A_DAY);
    source.live(10 * PERIODS_A_DAY, () => undefined);
    source.live(2.5 * PERIODS_A_DAY);
    expect(silent(source.live(2, without('s1')))).toHaveLength(3);
  });

  it('is waited for alike by a detector that was saved meanwhile', () => {
    const source = new Source();
    source.live(20, lateBy(4));
    source.detector = newDetector(source.detector.save());
    expect(silent(source.live(PERIODS_A_DAY, lateBy(4)))).toEqual([]);
  });
});
