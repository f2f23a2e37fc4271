// What the detector says of cells that are down, asleep or silent, and what excuses them.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Row } from './synthetic-network.ts';
import { begun, ended, only, Watched } from './watched.ts';

const PERIODS_TO_LATE_MORNING = 44;
const WEEK_MS = 7 * 24 * 3_600_000;
let network: Watched;

beforeEach(() => {
  network = new Watched(4);
  network.liveDays(14);
  network.live(PERIODS_TO_LATE_MORNING);
});

const dead: Row = { availability_pct: 0, fault_unavail_s: 900, active_users: 0, traffic_gb: 0, prb_util_pct: 0 };

describe('a cell that is down', () => {
  it('is a fault at once, lasts, and ends after two good periods', () => {
    const findings = network.live(
      5,
      only('cell-1', () => dead),
    );
    expect(findings.map((finding) => [finding.kind, finding.phase])).toEqual([
      ['fault', 'begins'],
      ['fault', 'lasts'],
      ['fault', 'lasts'],
      ['fault', 'lasts'],
      ['fault', 'lasts'],
    ]);
    expect(findings[0]!.why).toEqual({
      code: 'down',
      values: { kpi: 'availability_pct', observed: 0, downSeconds: 900, periodSeconds: 900 },
    });
    expect(findings[0]!.evidence.score).toBeGreaterThan(0.9);
    const after = network.live(3);
    expect(after.map((finding) => [finding.kind, finding.phase])).toEqual([['fault', 'ends']]);
    expect(after[0]!.at).toBe(network.at - 900_000);
  });

  it('does not change what is usual', () => {
    const at = network.at + WEEK_MS;
    const before = network.usual('active_users', 'cell-1', at)!;
    network.liveDays(
      1,
      only('cell-1', () => dead),
    );
    expect(network.usual('active_users', 'cell-1', at)).toEqual(before);
  });

  it('is told by availability alone as well', () => {
    const findings = network.live(
      1,
      only('cell-1', () => ({ availability_pct: 30 })),
    );
    expect(begun(findings, 'fault')[0]!.why.values.downSeconds).toBe(630);
  });

  it('is no fault when planned works or energy saving explain it, and nothing is learned from that', () => {
    const at = network.at + WEEK_MS;
    const before = network.usual('active_users', 'cell-1', at);
    const planned: Row = {
      availability_pct: 0,
      planned_unavail_s: 900,
      fault_unavail_s: 0,
      active_users: 0,
      traffic_gb: 0,
    };
    const saving: Row = { availability_pct: 0, saving_s: 900, active_users: 0, traffic_gb: 0 };
    expect(
      network.live(
        20,
        only('cell-1', () => planned),
      ),
    ).toEqual([]);
    expect(
      network.live(
        20,
        only('cell-1', () => saving),
      ),
    ).toEqual([]);
    expect(network.usual('active_users', 'cell-1', at)).toEqual(before);
  });

  it('is a fault when planned works explain only a part', () => {
    const partly: Row = { availability_pct: 0, planned_unavail_s: 300, fault_unavail_s: 600 };
    expect(
      begun(
        network.live(
          1,
          only('cell-1', () => partly),
        ),
        'fault',
      )[0]!.why.values.downSeconds,
    ).toBe(600);
  });
});

describe('a cell that nobody uses though it answers', () => {
  const unused: Row = { availability_pct: 100, fault_unavail_s: 0, active_users: 0, traffic_gb: 0, prb_util_pct: 3 };

  it('is a fault after two periods, and ends when it is used again', () => {
    const from = network.at;
    const findings = network.live(
      3,
      only('cell-1', () => unused),
    );
    expect(findings.map((finding) => [finding.kind, finding.phase])).toEqual([
      ['fault', 'begins'],
      ['fault', 'lasts'],
    ]);
    expect(findings[0]!.why.code).toBe('sleeping');
    expect(findings[0]!.why.values).toMatchObject({ periods: 2, sinceMs: from + 900_000 });
    expect(findings[0]!.why.values.usualUsers).toBeGreaterThan(5);
    expect(findings[0]!.wouldClear).toEqual({ code: 'used-again', values: { periods: 2 } });
    expect(ended(network.live(3), 'fault')).toHaveLength(1);
  });

  it('is none while traffic flows: it may serve as a second carrier', () => {
    expect(
      begun(
        network.live(
          6,
          only('cell-1', (row) => ({ ...row, active_users: 0 })),
        ),
        'fault',
      ),
    ).toEqual([]);
  });

  it('is none where nobody is usual at this hour', () => {
    const village = new Watched(1);
    const few = (_cell: string, _at: number, row: Row): Row => ({
      ...row,
      active_users: row.active_users! / 20,
      traffic_gb: row.traffic_gb! / 20,
    });
    village.liveDays(14, few);
    expect(village.live(12, () => unused)).toEqual([]);
  });
});

describe('a cell that says nothing', () => {
  it('is silent once its source has moved two periods on, and no more when it is heard again', () => {
    const lastAt = network.at;
    expect(
      network.live(
        1,
        only('cell-1', () => undefined),
      ),
    ).toEqual([]);
    const [finding] = network.live(
      1,
      only('cell-1', () => undefined),
    );
    expect(finding).toMatchObject({ kind: 'silent', phase: 'begins', at: lastAt + 1_800_000, since: lastAt + 900_000 });
    expect(finding!.why).toEqual({ code: 'no-readings', values: { lastAt, periods: 2, missedSeconds: 1800 } });
    expect(finding!.evidence.score).toBe(0.4);
    expect(
      network
        .live(
          2,
          only('cell-1', () => undefined),
        )
        .map((f) => f.phase),
    ).toEqual(['lasts', 'lasts']);
    expect(network.live(2).map((f) => [f.kind, f.phase])).toEqual([['silent', 'ends']]);
  });

  it('is not silent while all are: the clock of the data stands still', () => {
    expect(network.live(10, () => undefined)).toEqual([]);
  });

  it('is not silent because another cell of its source is ahead of time: no clock runs ahead of when its rows came', () => {
    const receivedAt = network.at + 900_000 + 60_000;
    const batch = network.next();
    const ahead = batch.cells.indexOf('cell-3');
    batch.at = batch.at.map((at, row) => (batch.cell[row] === ahead ? at + 59 * 60_000 : at));
    expect(network.detector.observe({ ...batch, receivedAt })).toEqual([]);
    expect(
      network.live(
        1,
        only('cell-1', () => undefined),
      ),
    ).toEqual([]);
    expect(
      begun(
        network.live(
          1,
          only('cell-1', () => undefined),
        ),
        'silent',
      ).map((f) => f.subject.id),
    ).toEqual(['cell-1']);
  });

  it('is silent in a backfill as it would have been then, however long ago that is', () => {
    const lastAt = network.at;
    const late = Array.from({ length: 3 }, () => network.next(only('cell-1', () => undefined)));
    const found = late.flatMap((batch) => network.detector.observe({ ...batch, receivedAt: network.at + WEEK_MS }));
    expect(found.map(({ kind, phase, at }) => [kind, phase, at])).toEqual([
      ['silent', 'begins', lastAt + 1_800_000],
      ['silent', 'lasts', lastAt + 2_700_000],
    ]);
  });

  it('is excused for half a day when it went to sleep to save energy', () => {
    network.live(
      1,
      only('cell-1', () => ({ saving_s: 900, availability_pct: 0 })),
    );
    expect(
      network.live(
        47,
        only('cell-1', () => undefined),
      ),
    ).toEqual([]);
    expect(
      begun(
        network.live(
          1,
          only('cell-1', () => undefined),
        ),
        'silent',
      ),
    ).toHaveLength(1);
  });

  it('is not missed when it was heard only once or twice', () => {
    network.detector.observe({ ...network.next(), cells: ['a', 'b', 'c', 'd'] });
    expect(network.live(8)).toEqual([]);
  });

  it('ends as a finding when it leaves the network', () => {
    network.live(
      4,
      only('cell-1', () => undefined),
    );
    const findings = network.detector.forget(['cell-1', 'never-heard-of']);
    expect(findings.map((f) => [f.subject.id, f.kind, f.phase])).toEqual([['cell-1', 'silent', 'ends']]);
    expect(network.usual('latency_ms', 'cell-1')).toBeNull();
    expect(
      network.live(
        8,
        only('cell-1', () => undefined),
      ),
    ).toEqual([]);
  });
});
