// The present: the newest values and the health of every cell, by data time, and the same after a restart.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Live } from '../../server/live/live.ts';
import { Sources } from '../../server/live/sources.ts';
import type { Reading } from '../../server/model/reading.ts';
import { batchOf } from '../batch.ts';

const START = Date.UTC(2024, 0, 1);
const PERIOD_MS = 900_000;
const WALL = Date.UTC(2026, 0, 1);
const at = (period: number) => START + period * PERIOD_MS;

type Written = Partial<Reading> & Pick<Reading, 'cell' | 'at'>;

class Watched extends Live {
  private seq = 0;

  hear(readings: Written[], source = 'test', receivedAt = WALL): this {
    this.take({ seq: ++this.seq, kind: 'readings', batch: { ...batchOf(readings, source), receivedAt } });
    return this;
  }

  indexOf(cell: string): number {
    return this.directory.get(cell)!.index;
  }

  health(cell: string, wallNow = WALL): string {
    this.present.sweep(wallNow);
    return this.present.healthOf(this.indexOf(cell));
  }

  now(cell: string) {
    return this.present.get(this.indexOf(cell));
  }
}

describe('a cell’s newest values', () => {
  it('are those of the newest period, put together from its parts; late rows change nothing', () => {
    const live = new Watched();
    live.hear([{ cell: 'a', at: at(2), kpis: { latency_ms: 20, traffic_gb: 1 } }]);
    live.hear([{ cell: 'a', at: at(2), kpis: { rtt_ms: 30, latency_ms: 21 } }]);
    expect(live.now('a')?.kpis).toEqual({ latency_ms: 21, traffic_gb: 1, rtt_ms: 30 });
    live.hear([{ cell: 'a', at: at(1), kpis: { latency_ms: 99 } }]);
    expect(live.now('a')).toMatchObject({ at: at(2), kpis: { latency_ms: 21, traffic_gb: 1, rtt_ms: 30 } });
    live.hear([{ cell: 'a', at: at(3), kpis: { latency_ms: 5 } }]);
    expect(live.now('a')?.kpis).toEqual({ latency_ms: 5 });
  });

  it('are those of the shortest period of a sender that tells several; the longer ones count once those have stopped', () => {
    const live = new Watched();
    const quarter = (period: number) => ({ cell: 'a', at: at(period), kpis: { traffic_gb: 1 } });
    const hour = (period: number) => ({ cell: 'a', at: at(period), periodSeconds: 3600, kpis: { traffic_gb: 4 } });
    live.hear([hour(4)]);
    expect(live.now('a')).toMatchObject({ periodSeconds: 3600, kpis: { traffic_gb: 4 } });
    for (const next of [quarter(4), quarter(5), hour(8), quarter(6), hour(12)]) live.hear([next]);
    expect(live.now('a')).toMatchObject({ at: at(6), periodSeconds: 900, kpis: { traffic_gb: 1 } });
    live.hear([hour(18)]);
    expect(live.now('a')).toMatchObject({ at: at(18), periodSeconds: 3600, kpis: { traffic_gb: 4 } });
  });

  it('are the same in whatever order distinct periods come', () => {
    const rows = fc.uniqueArray(
      fc.record({ cell: fc.constantFrom('a', 'b'), period: fc.integer({ min: 1, max: 9 }) }),
      {
        selector: ({ cell, period }) => `${cell}${period}`,
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 4 }), (written, size) => {
        const live = new Watched();
        const readings = written.map(({ cell, period }) => ({ cell, at: at(period), kpis: { latency_ms: period } }));
        for (let i = 0; i < readings.length; i += size) live.hear(readings.slice(i, i + size));
        for (const cell of new Set(written.map((row) => row.cell))) {
          const newest = Math.max(...written.filter((row) => row.cell === cell).map(({ period }) => period));
          expect(live.now(cell)).toMatchObject({ at: at(newest), kpis: { latency_ms: newest } });
        }
      }),
    );
  });

  it('say that the sender doubts them once any part of the period was doubted', () => {
    const live = new Watched();
    live.hear([{ cell: 'a', at: at(1), kpis: { latency_ms: 20 }, suspect: true }]);
    live.hear([{ cell: 'a', at: at(1), kpis: { rtt_ms: 30 } }]);
    expect(live.now('a')?.suspect).toBe(true);
    live.hear([{ cell: 'a', at: at(2), kpis: { rtt_ms: 30 } }]);
    expect(live.now('a')?.suspect).toBe(false);
  });

  it('belong to thousands of cells as well as to one', () => {
    const live = new Watched();
    live.hear(Array.from({ length: 5000 }, (_, i) => ({ cell: `c${i}`, at: at(1), kpis: { latency_ms: i } })));
    live.present.sweep(WALL);
    expect(live.now('c0')?.kpis.latency_ms).toBe(0);
    expect(live.now('c4999')?.kpis.latency_ms).toBe(4999);
    expect(live.present.countByHealth().ok).toBe(5000);
  });
});

describe('a cell’s health', () => {
  it('is unknown once its own source is more than three periods past it, whatever other sources say', () => {
    const live = new Watched();
    live
      .hear(
        [
          { cell: 'a', at: at(1) },
          { cell: 'b', at: at(1) },
        ],
        'one',
      )
      .hear([{ cell: 'c', at: at(500) }], 'other');
    expect(live.health('a')).toBe('ok');
    for (const period of [2, 3, 4]) live.hear([{ cell: 'b', at: at(period) }], 'one');
    expect(live.health('a')).toBe('ok');
    live.hear([{ cell: 'b', at: at(5) }], 'one');
    expect([live.health('a'), live.health('b'), live.health('c')]).toEqual(['unknown', 'ok', 'ok']);
    live.hear([{ cell: 'a', at: at(5) }], 'one');
    expect(live.health('a')).toBe('ok');
  });

  it('is not made unknown by one neighbour whose clock is years ahead', () => {
    const live = new Watched();
    for (let period = 1; period < 9; period++) {
      live.hear([{ cell: 'wrong', at: at(period + 50_000) }], 'one');
      live.hear(
        [
          { cell: 'a', at: at(period) },
          { cell: 'b', at: at(period) },
        ],
        'one',
      );
      expect([live.health('a'), live.health('b')]).toEqual(['ok', 'ok']);
    }
    expect(live.sources.list(WALL)[0]).toMatchObject({ newestAt: at(8) });
  });

  it('is unknown once its source has fallen quiet by the wall clock, against its own rhythm', () => {
    const live = new Watched();
    for (let i = 0; i < 5; i++) live.hear([{ cell: 'a', at: at(i + 1) }], 'one', WALL + i * PERIOD_MS);
    const last = WALL + 4 * PERIOD_MS;
    expect(live.health('a', last + 3 * PERIOD_MS)).toBe('ok');
    expect(live.health('a', last + 5 * PERIOD_MS)).toBe('unknown');
    expect(live.sources.list(last + 5 * PERIOD_MS)[0]).toMatchObject({ id: 'one', quiet: true, usualGapMs: PERIOD_MS });
  });

  it('is that of its worst alert, except in planned works and energy saving', () => {
    const live = new Watched();
    const period = { cell: 'a', periodSeconds: 900 };
    live.hear([{ ...period, at: at(1) }]);
    live.present.setAlerted('a', 'critical');
    expect(live.health('a')).toBe('critical');
    live.hear([{ ...period, at: at(2), kpis: { planned_unavail_s: 900 } }]);
    expect(live.health('a')).toBe('planned');
    live.hear([{ ...period, at: at(3), kpis: { saving_s: 450 } }]);
    expect(live.health('a')).toBe('saving');
    live.hear([{ ...period, at: at(4), kpis: { saving_s: 10, planned_unavail_s: 10 } }]);
    expect(live.health('a')).toBe('critical');
    live.present.setAlerted('a', 'ok');
    expect(live.health('a')).toBe('ok');
  });

  it('is unknown before anything was heard, and told once when it changes', () => {
    const live = new Watched();
    live.directory.put({ id: 'a', siteId: 's', radio: 'LTE' });
    expect(live.health('a')).toBe('unknown');
    live.hear([{ cell: 'a', at: at(1) }]);
    expect(live.present.sweep(WALL)).toEqual([live.indexOf('a')]);
    expect(live.present.sweep(WALL)).toEqual([]);
  });
});

describe('the network’s data time', () => {
  const network = (period: number, cells = 3) =>
    Array.from({ length: cells }, (_, i) => ({ cell: `c${i}`, at: at(period) }));

  it('is not moved by one cell that believes it is another year', () => {
    const live = new Watched();
    for (let period = 1; period < 9; period++) live.hear(network(period));
    live.hear([{ cell: 'wrong', at: WALL }], 'lines');
    expect(live.present.dataAt).toBe(at(8));
    expect(live.present.frame(Uint32Array.of(live.indexOf('wrong'))).ageMinutes[0]).toBe(0);
    live.hear(network(9));
    expect(live.present.dataAt).toBe(at(9));
  });

  it('is that of its cell where there is but one, and of the last that still speaks', () => {
    const live = new Watched();
    for (let period = 1; period < 4; period++) {
      live.hear([{ cell: 'a', at: at(period) }]);
      expect(live.present.dataAt).toBe(at(period));
    }
    live.hear([{ cell: 'b', at: at(3) }]);
    for (let period = 4; period < 9; period++) live.hear([{ cell: 'a', at: at(period) }]);
    expect(live.present.dataAt).toBe(at(8));
  });

  it('is that of the few that are live, beside many of an old file', () => {
    const live = new Watched();
    live.hear(network(-1000, 500), 'file');
    for (let period = 1; period < 6; period++)
      live.hear([
        { cell: 'x', at: at(period) },
        { cell: 'y', at: at(period) },
      ]);
    expect(live.present.dataAt).toBe(at(5));
    live.hear([{ cell: 'x', at: WALL }]);
    expect(live.present.dataAt).toBe(at(5));
  });

  it('is the same whenever the server was stopped and started between', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cellstar-clock-'));
    const row = fc.record({ cell: fc.constantFrom('a', 'b', 'c', 'd'), period: fc.integer({ min: 1, max: 300 }) });
    const deliveries = fc.array(fc.array(row, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(deliveries, fc.nat(), async (all, cut) => {
        const through = new Watched();
        let stopped = new Watched();
        for (const [i, rows] of all.entries()) {
          const record = {
            seq: i + 1,
            kind: 'readings' as const,
            batch: batchOf(rows.map(({ cell, period }) => ({ cell, at: at(period) }))),
          };
          through.take(record);
          stopped.take(record);
          if (i === cut % all.length) {
            await stopped.checkpoint(join(folder, 'live'));
            stopped = new Watched();
            await stopped.restore([], join(folder, 'live'), () => undefined);
          }
          expect(stopped.present.dataAt).toBe(through.present.dataAt);
        }
      }),
      { numRuns: 40 },
    );
    await rm(folder, { recursive: true, force: true });
  });
});

describe('a cell of another time than the network’s', () => {
  const DAY = 96;
  it('is unknown, unless an alert says more; a network of old data alone stays as it is', () => {
    const live = new Watched();
    const week = { periodSeconds: 7 * 86_400 };
    live.hear(
      [
        { cell: 'old', at: at(0), kpis: { saving_s: 900 } },
        { cell: 'older', at: at(0) },
      ],
      'file',
    );
    live.hear([{ cell: 'weekly', at: at(100 * DAY), ...week }], 'weeks');
    expect([live.health('old'), live.health('older')]).toEqual(['saving', 'ok']);
    const now = (period: number) => ['x', 'y', 'z'].map((cell) => ({ cell, at: at(period) }));
    live.hear(now(110 * DAY), 'live');
    expect([live.health('old'), live.health('older'), live.health('weekly')]).toEqual(['unknown', 'unknown', 'ok']);
    live.present.setAlerted('older', 'major');
    expect(live.health('older')).toBe('major');
    live.hear(now(122 * DAY), 'live');
    expect([live.health('weekly'), live.health('x')]).toEqual(['unknown', 'ok']);
  });
});

describe('after a restart', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cellstar-live-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function lived(): Watched {
    const live = new Watched();
    for (let i = 1; i < 5; i++) {
      live.hear([{ cell: 'a', at: at(i), kpis: { latency_ms: i }, suspect: i === 4 }], 'one', WALL + i * PERIOD_MS);
    }
    live.hear([{ cell: 'b', at: at(2), kpis: { planned_unavail_s: 900 } }], 'two');
    live.sources.refuse('two', 3, WALL);
    return live;
  }

  const shown = (live: Live) => {
    live.present.sweep(WALL + 5 * PERIOD_MS);
    return {
      cells: [...live.directory.cells()].map(({ id, index }) => [id, live.present.get(index)]),
      sources: live.sources.list(WALL + 5 * PERIOD_MS),
      totals: live.sources.totals(),
      counts: live.directory.counts(),
      byHealth: live.present.countByHealth(),
      dataAt: live.present.dataAt,
    };
  };

  it('cells, values, health and sources are what they were, and the journal goes on from there', async () => {
    const before = lived();
    const file = join(folder, 'live.json');
    const seq = await before.checkpoint(file);
    expect(seq).toBe(5);
    const after = new Live();
    await after.restore([], file, () => undefined);
    expect(after.position).toBe(5);
    expect(shown(after)).toEqual(shown(before));
    // A record that the checkpoint already holds changes nothing.
    after.take({ seq: 5, kind: 'readings', batch: batchOf([{ cell: 'a', at: at(99) }]) });
    expect(shown(after)).toEqual(shown(before));
    after.take({ seq: 6, kind: 'inventory', receivedAt: WALL, cells: [], retired: ['b'] });
    expect(after.directory.get('b')).toBeUndefined();
  });

  it.each([
    ['cut short', serialize({ version: 2, seq: 5 }).subarray(0, 9)],
    ['of another version', serialize({ version: 999 })],
  ])('a checkpoint that is %s is told of and left aside', async (_name, bytes) => {
    const file = join(folder, 'broken.json');
    await writeFile(file, bytes);
    const lines: string[] = [];
    const live = new Live();
    await live.restore([{ id: 'a', siteId: 's', radio: 'LTE' }], file, (line) => lines.push(line));
    expect(lines).toEqual([expect.stringContaining('broken.json')]);
    expect([live.position, live.directory.counts().cells]).toEqual([0, 1]);
  });

  it('the first start has no checkpoint, and nothing to say about it', async () => {
    const live = new Live();
    await live.restore([], join(folder, 'none.json'), (line) => expect.unreachable(line));
    expect(live.position).toBe(0);
  });
});

describe('sources', () => {
  it('are never quiet before they have a rhythm, nor sooner than three of their periods', () => {
    const sources = new Sources();
    const hear = (period: number, wall: number) =>
      sources.hear({ ...batchOf([{ cell: 'a', at: at(period) }]), receivedAt: wall });
    hear(1, WALL);
    expect(sources.list(WALL + 86_400_000)[0]?.quiet).toBe(false);
    for (let i = 1; i < 9; i++) hear(i + 1, WALL + i * PERIOD_MS);
    const last = WALL + 8 * PERIOD_MS;
    expect(sources.list(last + 3 * PERIOD_MS)[0]?.quiet).toBe(false);
    expect(sources.list(last + 4 * PERIOD_MS + 1)[0]?.quiet).toBe(true);
  });

  it('are not quiet after a pile of files, whose rhythm is that of the disk, nor when they come when they like', () => {
    const sources = new Sources();
    const hear = (period: number, wall: number) =>
      sources.hear({ ...batchOf([{ cell: 'a', at: at(period) }]), receivedAt: wall });
    // A replay at full speed: a period every ten milliseconds.
    for (let i = 1; i < 50; i++) hear(i, WALL + 10 * i);
    for (const later of [60_000, 4 * PERIOD_MS, 30 * 86_400_000])
      expect(sources.list(WALL + later)[0]?.quiet).toBe(false);
    const days = [1, 4, 4.1, 9, 9.2, 10, 14];
    for (const [i, day] of days.entries()) hear(100 + i, WALL + day * 86_400_000);
    expect(sources.list(WALL + 18 * 86_400_000)[0]?.quiet).toBe(false);
  });

  it('are those of inventories and people too, so that what was refused of them is a share', () => {
    const live = new Watched();
    const cells = ['a', 'b', 'c'].map((id) => ({ id, siteId: 's', radio: 'LTE' as const }));
    live.take({ seq: 1, kind: 'inventory', receivedAt: WALL, cells, retired: [] });
    const people = {
      subscribers: [],
      exposures: [],
      complaints: [],
      surveys: [{ subscriber: 'x', at: WALL, score: 5, scale: 'csat' as const }],
    };
    live.take({ seq: 2, kind: 'people', source: 'surveys/crm', receivedAt: WALL, people });
    live.sources.refuse('inventory', 1, WALL);
    expect(live.sources.list(WALL).map(({ id, lastDay }) => [id, lastDay])).toEqual([
      ['inventory', { accepted: 3, rejected: 1 }],
      ['surveys/crm', { accepted: 1, rejected: 0 }],
    ]);
  });

  it('keep their clock when old data comes, and count what was refused', () => {
    const sources = new Sources();
    sources.hear({
      ...batchOf(
        [
          { cell: 'a', at: at(9) },
          { cell: 'b', at: at(9) },
        ],
        'x',
      ),
      receivedAt: WALL,
    });
    sources.hear(
      batchOf(
        [
          { cell: 'a', at: at(2) },
          { cell: 'b', at: at(3) },
        ],
        'x',
      ),
    );
    sources.refuse('x', 2, WALL);
    expect(sources.list(WALL)).toMatchObject([{ id: 'x', newestAt: at(9), readings: 4, rejected: 2, heardAt: WALL }]);
    expect(sources.totals()).toEqual({ readings: 4, rejected: 2, late: 0, doubled: 0, sources: 1 });
  });
});
