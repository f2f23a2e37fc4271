// A network whose cells stand somewhere: what many do together, crowds, neighbours off the air, carriers that oversleep, one collector gone.

import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { splitBatch } from '../../server/detect/split-batch.ts';
import type { Finding } from '../../server/model/finding.ts';
import type { Place } from '../../server/model/place.ts';
import type { Row } from './synthetic-network.ts';
import { begun, ended, newDetector, type Spoil, Watched } from './watched.ts';

const CELLS = 24;
const LATE_MORNING = 44;
const PERIOD_MS = 900_000;

/** Eight sites of three cells in a row from west to east, a kilometre apart. */
const placeOf = (i: number): Place => {
  const site = Math.floor(i / 3);
  return { siteId: `site-${site}`, radio: 'NR', duplex: 'TDD', lat: 31, lon: 121 + site * 0.01, area: 'east' };
};
const places = Array.from({ length: CELLS }, (_, i) => [`cell-${i}`, placeOf(i)] as const);
const numberOf = (cell: string) => Number(cell.slice('cell-'.length));
const siteOf = (cell: string) => Math.floor(numberOf(cell) / 3);

let learned: Uint8Array;
let learnedAt: number;
let network: Watched;

beforeAll(() => {
  const first = new Watched(CELLS);
  first.detector.place(places);
  first.liveDays(14);
  first.live(LATE_MORNING);
  learned = first.detector.save();
  learnedAt = first.at;
}, 60_000);

beforeEach(() => {
  network = new Watched(CELLS);
  network.detector = newDetector(learned);
  network.at = learnedAt;
});

const where =
  (is: (cell: string) => boolean, change: (row: Row) => Row | undefined): Spoil =>
  (cell, _at, row) =>
    is(cell) ? change(row) : row;
const ofCells = (findings: readonly Finding[]) => findings.filter(({ subject }) => subject.scope === 'cell');
const wide = (findings: readonly Finding[]) => findings.filter(({ subject }) => subject.scope === 'area');

describe('noise that all cells of a region hear', () => {
  const duct = where(
    () => true,
    (row) => ({
      ...row,
      ul_interference_dbm: row.ul_interference_dbm! + 12,
      ul_throughput_mbps: row.ul_throughput_mbps! / 3,
    }),
  );

  it('is one finding for all, and none for any of them', () => {
    const findings = network.live(8, duct);
    expect(begun(ofCells(findings))).toEqual([]);
    expect(begun(wide(findings))).toMatchObject([
      { kind: 'anomaly', kpi: 'ul_interference_dbm', alsoKpis: ['ul_throughput_mbps'], why: { code: 'wide-above' } },
    ]);
    expect(begun(wide(findings))[0]!.cells).toHaveLength(CELLS);
    expect(ended(wide(network.live(6)))).toHaveLength(1);
  });

  it('is one finding for all as well where each cell is delivered by itself', () => {
    const findings = Array.from({ length: 8 }, () => network.next(duct)).flatMap((batch) =>
      splitBatch(
        batch,
        batch.cells.map((_, cell) => cell),
        batch.cells.length,
      ).flatMap((part) => network.detector.observe(part)),
    );
    expect(begun(wide(findings))).toHaveLength(1);
    expect(begun(wide(findings))[0]!.cells.length).toBeGreaterThan(CELLS / 2);
    expect(begun(ofCells(findings))).toEqual([]);
  });

  it('is the same for all where the clock of one cell is ahead', () => {
    const findings = Array.from({ length: 8 }, () => {
      const batch = network.next(duct);
      const ahead = {
        ...splitBatch(
          batch,
          batch.cells.map((_, cell) => cell),
          batch.cells.length,
        )[0]!,
      };
      ahead.at = ahead.at.map((at) => at + 3 * PERIOD_MS);
      return [batch, ahead].flatMap((one) => network.detector.observe({ ...one, receivedAt: network.at + 60_000 }));
    }).flat();
    expect(begun(wide(findings))).toHaveLength(1);
    const counts = wide(findings).map(({ cells }) => cells.length);
    expect(counts.length).toBeGreaterThan(5);
    expect(Math.min(...counts)).toBeGreaterThan(CELLS - 3);
  });

  it('is the same where clocks of senders are some seconds ahead of the one here', () => {
    const findings = Array.from({ length: 8 }, () =>
      network.detector.observe({ ...network.next(duct), receivedAt: network.at - 5000 }),
    ).flat();
    expect(begun(wide(findings))).toHaveLength(1);
    expect(begun(ofCells(findings))).toEqual([]);
  });

  it('hides no cell that hears far more than the others', () => {
    const more = where(
      (cell) => cell === 'cell-4',
      (row) => ({ ...row, ul_interference_dbm: row.ul_interference_dbm! + 20 }),
    );
    const both: Spoil = (cell, at, row) => more(cell, at, duct(cell, at, row)!);
    expect(begun(ofCells(network.live(6, both))).map(({ subject }) => subject.id)).toEqual(['cell-4']);
  });

  it('is told by a detector that was saved in its midst as by one that was not', () => {
    network.live(3, duct);
    const [saved, rest] = [
      network.detector.save(),
      Array.from({ length: 6 }, (_, i) => network.next(i < 3 ? duct : undefined)),
    ];
    const again = newDetector(saved);
    expect(rest.flatMap((batch) => again.observe(batch))).toEqual(
      rest.flatMap((batch) => network.detector.observe(batch)),
    );
  });
});

describe('a shift that all cells of a region make', () => {
  const slower: Spoil = where(
    () => true,
    (row) => ({ ...row, latency_ms: row.latency_ms! * 1.5 }),
  );

  it('is told once for all, when it has lasted for hours, and is over when they are back', () => {
    const findings = network.live(48, slower);
    expect(begun(ofCells(findings))).toEqual([]);
    expect(begun(wide(findings))).toMatchObject([{ kind: 'anomaly', kpi: 'latency_ms', why: { code: 'wide-above' } }]);
    expect(begun(wide(findings))[0]!.cells.length).toBeGreaterThan(CELLS / 2);
    expect(ended(wide(network.live(8)))).toHaveLength(1);
  });

  it('is nothing where there are more people everywhere', () => {
    const busier: Spoil = (cell, at, row) => {
      const slow = slower(cell, at, row)!;
      return { ...slow, active_users: row.active_users! * 1.3, prb_util_pct: Math.min(95, row.prb_util_pct! * 1.25) };
    };
    expect(begun(network.live(48, busier))).toEqual([]);
  });
});

describe('a hot day', () => {
  const warm = (degrees: number): Spoil =>
    where(
      () => true,
      (row) => ({ ...row, temperature_c: 25 + degrees + row.rsrp_dbm! / 20 }),
    );

  it('that warms all cabinets is told of nobody', () => {
    network.liveDays(4, warm(0));
    expect(begun(network.live(12, warm(15)))).toEqual([]);
  });
});

describe('a crowd', () => {
  const match = (slower: number): Spoil =>
    where(
      (cell) => siteOf(cell) === 3,
      (row) => ({
        ...row,
        active_users: row.active_users! * 4,
        prb_util_pct: 96,
        dl_throughput_mbps: row.dl_throughput_mbps! / slower,
        latency_ms: row.latency_ms! * 2.5,
      }),
    );

  it('slows cells down without being a fault of theirs', () => {
    expect(begun(network.live(8, match(6)))).toEqual([]);
  });

  it('is no excuse for a cell that is slow with its blocks unused', () => {
    const slow = where(
      (cell) => cell === 'cell-9',
      (row) => ({
        ...row,
        active_users: row.active_users! * 4,
        prb_util_pct: 12,
        dl_throughput_mbps: row.dl_throughput_mbps! / 9,
      }),
    );
    expect(begun(network.live(6, slow))).toMatchObject([{ subject: { id: 'cell-9' }, kpi: 'dl_throughput_mbps' }]);
  });
});

describe('a site that goes off the air', () => {
  const down: Row = { availability_pct: 0, fault_unavail_s: 900 };
  const neighboursSuffer: Spoil = (cell, _at, row) => {
    if (siteOf(cell) === 3) return down;
    return Math.abs(siteOf(cell) - 3) === 1
      ? { ...row, rsrp_dbm: row.rsrp_dbm! - 12, dl_throughput_mbps: row.dl_throughput_mbps! / 4 }
      : row;
  };

  it('is told, and not what it does to the sites beside it', () => {
    const findings = begun(network.live(6, neighboursSuffer));
    expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['fault']));
    expect(findings.map(({ subject }) => siteOf(subject.id))).toEqual([3, 3, 3]);
  });

  it('is no reason to tell of the sites beside it once it is back', () => {
    const guests: Spoil = (cell, _at, row) => {
      if (siteOf(cell) === 3) return undefined;
      return Math.abs(siteOf(cell) - 3) === 1 ? { ...row, rsrp_dbm: row.rsrp_dbm! - 6 } : row;
    };
    const late: Spoil = (cell, at, row) => (siteOf(cell) === 3 ? row : guests(cell, at, row));
    expect(begun(network.live(40, guests), 'anomaly')).toEqual([]);
    expect(begun([...network.live(2, late), ...network.live(8)], 'anomaly')).toEqual([]);
  });

  it('excuses nobody far away', () => {
    network.detector.place([['cell-0', { ...placeOf(0), siteId: 'far', lat: 35, lon: 125 }]]);
    const alsoFar: Spoil = (cell, at, row) =>
      cell === 'cell-0' ? { ...row, dl_throughput_mbps: row.dl_throughput_mbps! / 9 } : neighboursSuffer(cell, at, row);
    expect(begun(network.live(6, alsoFar), 'anomaly').map(({ subject }) => subject.id)).toEqual(['cell-0']);
  });
});

describe('silence', () => {
  const without = (is: (cell: string) => boolean): Spoil => where(is, () => undefined);

  it('of one site is told cell by cell after two periods', () => {
    const findings = network.live(
      4,
      without((cell) => siteOf(cell) === 2),
    );
    expect(begun(findings, 'silent').map(({ subject }) => subject.scope)).toEqual(['cell', 'cell', 'cell']);
  });

  it('of many sites since the same reading is nothing while their data may only be late', () => {
    expect(
      begun(
        network.live(
          6,
          without((cell) => siteOf(cell) < 4),
        ),
      ),
    ).toEqual([]);
    expect(begun(network.live(2))).toEqual([]);
  });

  it('of many sites that lasts is one finding about whoever collects from them, and ends with the last', () => {
    const findings = network.live(
      8,
      without((cell) => siteOf(cell) < 4),
    );
    expect(begun(findings)).toMatchObject([
      { kind: 'silent', subject: { scope: 'area' }, why: { code: 'shared-gap' } },
    ]);
    expect(begun(findings)[0]!.cells).toHaveLength(12);
    expect(begun(findings)[0]!.why.values).toMatchObject({ cells: 12, sites: 4 });
    expect(
      ended(
        network.live(
          1,
          without((cell) => siteOf(cell) < 1),
        ),
      ),
    ).toEqual([]);
    expect(ended(network.live(1))).toMatchObject([{ kind: 'silent', subject: { scope: 'area' } }]);
  });
});

describe('a carrier that sleeps at night', () => {
  const asleep: Row = { availability_pct: 100, saving_s: 900, active_users: 0, traffic_gb: 0 };
  const hourOf = (at: number) => ((at - 1) % 86_400_000) / 3_600_000;
  /** From 0:30 to 5:30. */
  const sleeper = (until: number): Spoil => {
    return (cell, at, row) => (cell === 'cell-1' && hourOf(at) >= 0.5 && hourOf(at) < until ? asleep : row);
  };

  it('is let sleep, and told when it does not wake at its usual hour', () => {
    expect(begun(network.liveDays(7, sleeper(5.5)), 'fault')).toEqual([]);
    const findings = network.liveDays(1, sleeper(9));
    expect(begun(findings, 'fault')).toMatchObject([{ subject: { id: 'cell-1' }, why: { code: 'overslept' } }]);
    expect(hourOf(begun(findings, 'fault')[0]!.at)).toBeLessThan(6.5);
    expect(ended(findings, 'fault')).toHaveLength(1);
  });
});

describe('a holiday', () => {
  const empty = where(
    () => true,
    (row) => ({ ...row, active_users: row.active_users! / 8, traffic_gb: row.traffic_gb! / 8 }),
  );
  const today = () => new Date(network.at).toISOString().slice(0, 10);

  it('that the calendar knows empties cells without a word, in its own area', () => {
    network.detector.setCalendar([{ date: today(), type: 'holiday', area: 'east' }], 'merge');
    const one = where(
      (cell) => cell === 'cell-7',
      (row) => empty('cell-7', 0, row)!,
    );
    expect(begun(network.live(8, one))).toEqual([]);
  });

  it('is never learned as normal', () => {
    network.detector.setCalendar([{ date: today(), type: 'holiday' }], 'merge');
    const before = network.usual('active_users', 'cell-7', network.at + 4 * 900_000);
    network.live(3, empty);
    expect(network.usual('active_users', 'cell-7', network.at + 900_000)).toEqual(before);
  });
});
