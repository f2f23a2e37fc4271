// The planner's report in its three forms: the same areas, safe to open, written for people.

import { cellToBoundary, gridDisk, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { isInHexagons } from '../../server/coverage/contains.ts';
import { priorityOf } from '../../server/coverage/priority.ts';
import { reportCsv } from '../../server/coverage/report/csv.ts';
import { reportGeoJson } from '../../server/coverage/report/geojson.ts';
import { reportHtml } from '../../server/coverage/report/html.ts';
import type { CoverageReport } from '../../server/coverage/report/report.ts';
import type { RankedArea } from '../../server/model/coverage.ts';
import { csvField } from '../../server/words/csv-field.ts';

const AT = Date.UTC(2026, 2, 17, 13);
const middle = latLngToCell(51.9, -8.4, 10);
const hexagons = gridDisk(middle, 1);
const ring = cellToBoundary(middle, true) as [number, number][];

const area = (id: string, more: Partial<RankedArea> = {}): RankedArea => ({
  id,
  rule: 'cluster',
  rules: ['cluster', 'cell'],
  place: { code: `Ferry Hill ${id}`, values: {} },
  hexagons,
  geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
  centre: { lat: 51.9, lon: -8.4 },
  operator: null,
  ours: true,
  radio: 'LTE',
  kind: 'mdt',
  scenario: 'urban',
  samples: 9310,
  unmeasured: 12,
  weakShare: 0.38,
  weakShareLow: 0.35,
  weakShareHigh: 0.41,
  weakDbm: -110,
  medianRsrpDbm: -113,
  medianSinrDb: 2,
  medianDlMbps: null,
  cells: [{ cell: '=cmd|calc', samples: 900, allSamples: 1000, weakShare: 0.4, medianRsrpDbm: -113, distanceM: 1900 }],
  cause: { kind: 'distance', why: { code: 'far, "very" far', values: {} } },
  remedy: { kind: 'new-site', why: { code: '<b>a site</b>', values: {} } },
  people: 1240,
  complaints: '<10',
  starsAtRisk: 64.04,
  areaKm2: 0.1,
  priority: 500,
  at: AT,
  since: AT - 86_400_000,
  ...more,
});

const report = (areas: RankedArea[], lang: 'en' | 'zh' = 'en'): CoverageReport => ({
  areas,
  hexagons: {
    resolution: 10,
    weakDbm: -110,
    leastSamples: 20,
    id: hexagons,
    samples: hexagons.map((_, i) => (i === 6 ? 3 : 100)),
    weakShare: hexagons.map((_, i) => i / 10),
    medianRsrpDbm: hexagons.map(() => -112),
    notJudged: hexagons.map((_, i) => (i === 5 ? 1 : 0)),
    rivalDifference: hexagons.map(() => null),
    cut: false,
  },
  sites: [{ name: 'Ferry Hill 9', lat: 51.9, lon: -8.4, azimuths: [0, 120, 240] }],
  slice: {
    ...{ operator: null, ours: true, radio: 'LTE', kind: 'mdt', bands: [], samples: 603, unmeasured: 12 },
    ...{ from: AT - 864e5, to: AT },
  },
  from: AT - 864e5,
  to: AT,
  cellName: (id) => id,
  lang,
  zone: 'Asia/Shanghai',
});

describe('the report as CSV', () => {
  it('has one row an area in the order of the page, with plain numbers', () => {
    const [header, first, second, end] = reportCsv(report([area('a'), area('b')])).split('\r\n');
    expect(header).toMatch(/^rank,id,place,rule,rules,/);
    expect(first).toContain(
      '1,a,Ferry Hill a,cluster,cluster cell,,LTE,mdt,urban,9310,12,0.38,0.35,0.41,-110,-113,2,,',
    );
    expect(second).toMatch(/^2,b,/);
    expect(end).toBe('');
  });

  it('gives a spreadsheet nothing to run, whatever a cell or place is called', () => {
    for (const text of ['=cmd|calc', '+1', '-2+3', '@sum', '\t=1', '\r=1']) {
      expect(csvField(text).replace(/^"/, '')).toMatch(/^'/);
    }
    expect(reportCsv(report([area('a')]))).toContain(",'=cmd|calc,");
    expect(csvField(-113)).toBe('-113');
  });

  it('quotes commas, quotes and line breaks, and marks UTF-8 only where it is needed', () => {
    expect(csvField('far, "very" far')).toBe('"far, ""very"" far"');
    expect(reportCsv(report([area('a')])).startsWith('rank')).toBe(true);
    expect(reportCsv(report([area('渡口山')])).startsWith('\uFEFFrank')).toBe(true);
  });
});

it('the report as GeoJSON holds the same areas with their outlines', () => {
  const collection = reportGeoJson(report([area('a'), area('b')])) as GeoJSON.FeatureCollection;
  expect(collection.features.map((feature) => feature.id)).toEqual(['a', 'b']);
  expect(collection.features[0]).toMatchObject({
    geometry: { type: 'MultiPolygon', coordinates: [[ring]] },
    properties: { rank: 1, weakShare: 0.38, people: 1240, complaints: '<10', cause: 'distance', cells: ['=cmd|calc'] },
  });
});

describe('the report as HTML', () => {
  const three = [area('a', { people: 900 }), area('b', { people: 200 }), area('c', { people: 100 })];

  it('opens with its finding and shows each area, the map and the method', () => {
    const page = reportHtml(report(three));
    expect(page).toContain('<h1>Three weak areas; one of them holds two thirds of the people affected</h1>');
    expect(page).toContain('About 1,200 people');
    expect(page).toContain('38 %');
    expect(page).toContain('35–41 %');
    expect(page.match(/<polygon/g)).toHaveLength(6);
    expect(page.match(/url\(#hatch\)/g)).toHaveLength(1);
    expect(page.match(/<section>/g)).toHaveLength(3);
    expect(page).toContain('under 20 samples is not known, never good');
  });

  it('speaks Chinese when asked', () => {
    const page = reportHtml(report(three, 'zh'));
    expect(page).toContain('lang="zh-CN"');
    expect(page).toContain('3 个弱覆盖区域，其中 1 个集中了三分之二的受影响用户');
  });

  it('takes every name for text', () => {
    const page = reportHtml(report([area('<script>alert(1)</script>')]));
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;b&gt;a site&lt;/b&gt;');
  });

  it('says so when nothing is weak or nothing is there', () => {
    expect(reportHtml(report([]))).toContain('No weak area in 603 samples');
    const nothing = report([]);
    const empty = { ...nothing.hexagons, id: [], samples: [], weakShare: [], medianRsrpDbm: [], notJudged: [] };
    expect(reportHtml({ ...nothing, hexagons: empty, sites: [], slice: undefined, from: null, to: null })).toContain(
      '<h1>',
    );
  });
});

describe('the priority of a weak area', () => {
  it('rises with people and complaints, and an area without people keeps what its samples say', () => {
    const { people: _, complaints: __, ...bare } = area('a');
    expect(priorityOf(bare)).toBeGreaterThan(0);
    expect(priorityOf({ ...bare, people: 100 })).toBeGreaterThan(priorityOf(bare));
    expect(priorityOf({ ...bare, people: 100, complaints: 20 })).toBeGreaterThan(priorityOf({ ...bare, people: 100 }));
    expect(priorityOf({ ...bare, people: '<10' })).toBeGreaterThan(priorityOf(bare));
  });
});

it('a place lies in an area when one of its hexagons holds it', () => {
  const isIn = isInHexagons(hexagons);
  expect(isIn(51.9, -8.4)).toBe(true);
  expect(isIn(51.95, -8.4)).toBe(false);
});
