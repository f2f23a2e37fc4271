// Measurement reports on the map and in the table: which cell they are of, how far and in which direction, and who is unknown.

import { describe, expect, it } from 'vitest';
import { hexagonOf } from '../../server/coverage/hexagon-of.ts';
import { ReportCells } from '../../server/intake/report-cells.ts';
import { ReportSamples } from '../../server/intake/report-samples.ts';
import { type ParsedSample, SampleIntake } from '../../server/intake/samples.ts';
import { bearingDeg, distanceM } from '../../server/maths/ground.ts';
import { localDays } from '../../server/maths/local-days.ts';
import type { Cell } from '../../server/model/cell.ts';
import type { RawReport } from '../../server/model/measurement-report.ts';
import type { SampleBatch } from '../../server/model/sample.ts';

const AT = '2026-03-17T12:00:05Z';
const NOW = Date.parse('2026-03-17T12:30:00Z');
const PLACE = { lat: 31.2, lon: 121.4 };
const ECI = 123456 * 256 + 1;
const cell = (more: Partial<Cell>): Cell => ({
  id: 'pier-1',
  siteId: 'pier',
  radio: 'LTE',
  ...PLACE,
  azimuthDeg: 90,
  ...more,
});
const report = (more: Partial<RawReport> = {}): RawReport => ({
  ...{ node: '123456', object: '1', radio: 'LTE', at: AT, where: { line: 8 } },
  ...{ rsrpDbm: -95, rsrqDb: -7.5, timingAdvance: 10, ...more },
});

function cellsOf(cells: Cell[]) {
  const names = new Map(
    cells.flatMap((one) => [one.id, one.cgi, ...(one.aliases ?? [])].map((name) => [name, one.id])),
  );
  return new ReportCells({
    version: 1,
    cells: () => cells.map((one) => ({ id: one.id, cell: one })),
    find: (name) => names.get(name),
  });
}

function read(reports: RawReport[], cells: Cell[] = [cell({ cgi: `460-00-${ECI}` })]) {
  const samples = new ReportSamples(cellsOf(cells), (id) => cells.find((one) => one.id === id));
  const items = [...samples.read(reports.map((one) => ({ kind: 'report' as const, report: one })))];
  return { items, notes: samples.notes() };
}
const placeOf = (item: ParsedSample | undefined) =>
  item?.kind === 'record' ? (item.record as typeof PLACE & { kind: string }) : undefined;

describe('the cell of a report', () => {
  const found = (server: Partial<RawReport>, cells: Cell[]) => cellsOf(cells).find(report(server));

  it.each([
    ['1', '123456'],
    [String(ECI), '123456'],
    [String(ECI), undefined],
    ['123456-1', '999'],
    [`${ECI}:38400:2`, '123456'],
  ])('is found by %s of node %s, in every form of its identity in the inventory', (object, node) => {
    for (const cgi of [`460-00-${ECI}`, '460-00-123456-1', `460-00-4660-${ECI}`, `460:00:${ECI}`]) {
      expect(found({ object, node }, [cell({ cgi })]).id).toBe('pier-1');
    }
    expect(found({ object, node }, [cell({ aliases: ['123456-1'] })]).id).toBe('pier-1');
  });

  it('of NR is found by its NCI, and never mistaken for one of LTE', () => {
    const nr = cell({ radio: 'NR', cgi: `460-00-${501 * 4096 + 7}` });
    expect(found({ radio: 'NR', node: '501', object: '7' }, [nr]).id).toBe('pier-1');
    expect(found({ radio: 'LTE', node: undefined, object: String(501 * 4096 + 7) }, [nr]).id).toBeUndefined();
  });

  it('is nobody where two networks share the number, or none knows it', () => {
    const two = [cell({ cgi: `460-00-${ECI}` }), cell({ id: 'other', cgi: `460-01-${ECI}` })];
    expect(found({}, two)).toEqual({ name: '123456-1', identity: ECI });
    expect(found({ object: 'roof', node: undefined }, [])).toEqual({ name: 'roof' });
    // A number within a node is no name of a cell elsewhere.
    expect(found({ node: '5', object: '1' }, [cell({ aliases: ['1'] })]).id).toBeUndefined();
  });
});

describe('the place of a report', () => {
  it('lies in the ring of its timing advance and before the antenna, the same each time, spread over many hexagons', () => {
    const reports = Array.from({ length: 300 }, (_, i) => report({ at: new Date(NOW - i * 5120).toISOString() }));
    const places = read(reports).items.map((item) => placeOf(item)!);
    for (const place of places) {
      expect(place.kind).toBe('mr');
      expect(distanceM(PLACE, place)).toBeGreaterThanOrEqual(780);
      expect(distanceM(PLACE, place)).toBeLessThanOrEqual(859.5);
      expect(Math.abs(bearingDeg(PLACE, place) - 90)).toBeLessThanOrEqual(60);
    }
    expect(new Set(places.map(({ lat, lon }) => hexagonOf(lat, lon, 9))).size).toBeGreaterThan(4);
    expect(read(reports).items.map(placeOf)).toEqual(places);
  });

  it('follows the direction of arrival, unless it points behind the antenna', () => {
    const [before, behind] = read([report({ arrivalDeg: 120 }), report({ arrivalDeg: 300 })]).items.map(
      (item) => placeOf(item)!,
    );
    expect(bearingDeg(PLACE, before!)).toBeCloseTo(120, 0);
    expect(Math.abs(bearingDeg(PLACE, behind!) - 90)).toBeLessThanOrEqual(60);
    const round = read([report({ arrivalDeg: 300 })], [cell({ cgi: `460-00-${ECI}`, azimuthDeg: undefined })]).items;
    expect(bearingDeg(PLACE, placeOf(round[0])!)).toBeCloseTo(300, 0);
  });

  it('is the phone’s own where it gave one, and then it is MDT', () => {
    const [own, none] = read([report({ lat: 31.21, lon: 121.41 }), report({ lat: 0, lon: 0 })]).items.map(placeOf);
    expect(own).toMatchObject({ lat: 31.21, lon: 121.41, kind: 'mdt' });
    expect(none).toMatchObject({ kind: 'mr' });
  });

  it('steps of NR are half as long in TDD bands', () => {
    const nr = (duplex: Cell['duplex']) => cell({ radio: 'NR', cgi: `460-00-${501 * 4096 + 7}`, duplex });
    const far = (duplex: Cell['duplex']) => {
      const [item] = read([report({ radio: 'NR', node: '501', object: '7', timingAdvance: 100 })], [nr(duplex)]).items;
      return distanceM(PLACE, placeOf(item)!);
    };
    expect(far('TDD')).toBeCloseTo(3920, -2);
    expect(far('FDD')).toBeCloseTo(7840, -2);
  });

  it('is none without a distance, a direction or a known cell: those count in the table alone, and a note says what to do', () => {
    const bare = cell({ id: 'bare', cgi: '460-00-123456-2', azimuthDeg: undefined });
    const reports = [report({ timingAdvance: undefined }), report({ object: '2' }), report({ object: '3' })];
    const { items, notes } = read(reports, [cell({ cgi: `460-00-${ECI}` }), bare]);
    expect(items.map((item) => item.kind === 'counts' && [item.cell, item.bins])).toEqual([
      ['pier-1', [{ form: 'reports', dbm: [-100, -95], samples: 1 }]],
      ['bare', [{ form: 'reports', ts: [160, 176], dbm: [-100, -95], samples: 1 }]],
      ['123456-3', [{ form: 'reports', ts: [160, 176], dbm: [-100, -95], samples: 1 }]],
    ]);
    expect(notes[0]).toMatch(/^1 report is of cells .* 123456-3 \(cell identity 31604739\)\. Give each cell its cgi/);
    expect(notes[1]).toMatch(/^2 reports are in the tables .* azimuth/);
  });

  it('a level on the line counts as weak in the table too', () => {
    const { items } = read([report({ rsrpDbm: -110 }), report({ rsrpDbm: -109 })]);
    expect(items.map((item) => item.kind === 'record' && item.bins?.[0]?.dbm)).toEqual([
      [-115, -110],
      [-110, -105],
    ]);
  });
});

describe('reports through intake', () => {
  const intake = new SampleIntake({
    ...{ names: { find: (name) => name }, radioOf: () => 'LTE', hexOf: hexagonOf },
    dayEndOf: (at) => localDays('Asia/Shanghai').of(at).to,
  });
  async function take(reports: RawReport[]) {
    const batches: SampleBatch[] = [];
    const delivery = { source: 'mr/test', digest: 'd' };
    const { receipt } = await intake.accept(
      read(reports).items,
      delivery,
      { now: NOW, zoneOffsetMinutes: () => 480 },
      async (batch) => {
        batches.push(batch);
      },
    );
    return { batches, receipt };
  }

  it('are one batch of samples and counts by local day, each counted once', async () => {
    const reports = [report(), report(), report({ at: '2026-03-16T12:00:00Z' }), report({ timingAdvance: undefined })];
    const { batches, receipt } = await take(reports);
    expect(receipt).toEqual({ accepted: 4, rejected: 0, rejections: [] });
    expect(batches).toMatchObject([{ rows: 3, cells: ['pier-1'], digest: 'd#0' }]);
    const day = (date: string) => Date.parse(`${date}T16:00:00Z`);
    expect(batches[0]!.timing).toEqual(
      [
        { form: 'reports', ts: [160, 176], dbm: [-100, -95], samples: 2, cell: 'pier-1', dayEnd: day('2026-03-17') },
        { form: 'reports', dbm: [-100, -95], samples: 1, cell: 'pier-1', dayEnd: day('2026-03-17') },
        { form: 'reports', ts: [160, 176], dbm: [-100, -95], samples: 1, cell: 'pier-1', dayEnd: day('2026-03-16') },
      ].sort((a, b) => b.dayEnd - a.dayEnd || Number(a.ts !== undefined) - Number(b.ts !== undefined)),
    );
  });

  it('without a time that holds are refused, on the map and in the table', async () => {
    const { receipt, batches } = await take([
      report({ at: 'noon' }),
      report({ at: undefined, timingAdvance: undefined }),
    ]);
    expect(receipt.rejections.map(({ reason }) => reason)).toEqual(['bad-time', 'missing-field']);
    expect(batches).toEqual([]);
  });
});
