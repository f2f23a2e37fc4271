// A detector whose cells get other names, other makers, and tell both quarters and hours.

import { beforeAll, describe, expect, it } from 'vitest';
import type { ReadingBatch } from '../../server/model/reading.ts';
import { DAY_MS } from './synthetic-network.ts';
import { begun, ended, newDetector, only, Watched } from './watched.ts';

let learned: Uint8Array;
let learnedAt: number;
beforeAll(() => {
  const network = new Watched(3);
  network.liveDays(8);
  learned = network.detector.save();
  learnedAt = network.at;
});

/** In the late morning, when enough people are there to tell anything. */
function trained(): Watched {
  const network = new Watched(3);
  network.detector = newDetector(learned);
  network.at = learnedAt;
  network.live(44);
  return network;
}

/** The same rows under other names. */
const called = (batch: ReadingBatch, names: ReadonlyMap<string, string>): ReadingBatch => ({
  ...batch,
  cells: batch.cells.map((cell) => names.get(cell) ?? cell),
});

describe('cells that get other names', () => {
  const swap = new Map([
    ['cell-0', 'cell-1'],
    ['cell-1', 'cell-0'],
    ['cell-2', 'new'],
  ]);

  it('are judged by what was usual of them before, also when two exchange theirs', () => {
    const [plain, renamed] = [trained(), trained()];
    renamed.detector.rename(swap);
    expect(renamed.usual('traffic_gb', 'new')).toEqual(plain.usual('traffic_gb', 'cell-2'));
    expect(renamed.usual('traffic_gb', 'cell-0')).toEqual(plain.usual('traffic_gb', 'cell-1'));
    const spoil = only('cell-0', (row) => ({ ...row, dl_throughput_mbps: 1, latency_ms: 200 }));
    for (let period = 0; period < 8; period++) {
      const found = plain.detector
        .observe(plain.next(spoil))
        .map(({ subject, kind, phase }) => [subject.id, kind, phase]);
      const again = renamed.detector.observe(called(renamed.next(spoil), swap));
      expect(again.map(({ subject, kind, phase }) => [subject.id, kind, phase])).toEqual(
        found.map(([id, ...rest]) => [swap.get(id!), ...rest]),
      );
    }
  });

  it('go by them in memory that was saved', () => {
    const renamed = trained();
    renamed.detector.rename(swap);
    const again = newDetector(renamed.detector.save());
    expect(again.cellNames().sort()).toEqual(['cell-0', 'cell-1', 'new']);
    const ask = [renamed.at + 900_000];
    expect(again.usual('new', 'traffic_gb', ask)).toEqual(renamed.detector.usual('new', 'traffic_gb', ask));
  });
});

describe('a cell that is another machine now', () => {
  it('is learned afresh from then on: its anomaly ends, and a shape of its own is no finding', () => {
    const network = trained();
    const worse = only('cell-0', (row) => ({ ...row, latency_ms: 3 * row.latency_ms! }));
    expect(begun(network.live(4, worse), 'anomaly')).toHaveLength(1);
    expect(ended(network.detector.relearn([['cell-0', network.at]]))).toMatchObject([
      { kind: 'anomaly', subject: { id: 'cell-0' } },
    ]);
    expect(network.usual('traffic_gb', 'cell-0')).toBeNull();
    expect(network.usual('traffic_gb', 'cell-1')).not.toBeNull();
    expect(network.live(12, worse)).toEqual([]);
    network.live(DAY_MS / 900_000, worse);
    expect(network.usual('latency_ms', 'cell-0')).not.toBeNull();
  });

  it('learns nothing from what comes late of the time before', () => {
    const network = trained();
    const before = network.next();
    network.detector.relearn([['cell-0', network.at]]);
    network.detector.observe(before);
    expect(network.usual('traffic_gb', 'cell-0')).toBeNull();
  });
});

describe('a cell that tells both quarters and hours', () => {
  it('is judged by its quarters, as if the hours had not come', () => {
    const [quarters, both] = [trained(), trained()];
    const hours = new Watched(3, 3600);
    hours.at = learnedAt;
    for (let period = 1; period <= 96; period++) {
      const found = quarters.detector.observe(quarters.next());
      const again = both.detector.observe(both.next());
      // What an hour holds is four times what a quarter does; it comes before, with, or after its last quarter.
      if (period % 4 === 0) again.push(...both.detector.observe(hours.next()));
      expect(again).toEqual(found);
    }
    expect(both.usual('traffic_gb')).toEqual(quarters.usual('traffic_gb'));
  });
});
