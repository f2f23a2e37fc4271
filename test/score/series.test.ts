// The score of single series: the published rules on small series worked out by hand, and made-up ones that are what they say.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scoreAtBudget, scoreAtLine } from './series/incident-score.ts';
import { type LabelledSeries, numentaSeries, rowLabelledSeries } from './series/labelled-series.ts';
import { calm, INCIDENTS, KINDS, planted, STEPS } from './series/made-kinds.ts';
import { METHODS } from './series/methods.ts';
import { bestNumentaScore, numentaScore } from './series/numenta-score.ts';
import { seriesScore } from './series/series-score.ts';

const HOUR_MS = 3_600_000;
const hourly = (rows: number, labelled: [number, number][]): LabelledSeries => ({
  ...{ name: 'a/b.csv', labelled },
  at: Array.from({ length: rows }, (_, row) => row * HOUR_MS),
  values: new Array(rows).fill(0),
});
const scored = (series: LabelledSeries, ...alarms: number[]) => {
  const scores = new Float64Array(series.at.length);
  for (const row of alarms) scores[row] = 1;
  return [{ series, scores }];
};

describe('incidents', () => {
  const series = hourly(201, [
    [100, 102],
    [105, 106],
    [150, 150],
  ]);

  test('count once, close stretches as one, an hour before or after included', () => {
    expect(scoreAtLine(scored(series), 0.5)).toMatchObject({ incidents: 2, found: 0, falseIncidents: 0 });
    expect(scoreAtLine(scored(series, 99, 100, 101, 151), 0.5)).toMatchObject({ found: 2, falseIncidents: 0 });
    expect(scoreAtLine(scored(series, 98), 0.5)).toMatchObject({ found: 0, falseIncidents: 1 });
  });

  test('a false alarm that stands counts again after six hours, and none counts while a method learns', () => {
    expect(scoreAtLine(scored(series, 60, 61, 66, 67), 0.5).falseIncidents).toBe(2);
    expect(scoreAtLine(scored(series, 0, 30), 0.5).falseIncidents).toBe(0);
    expect(scoreAtLine(scored(series), 0.5).seriesWeeks).toBeCloseTo(169 / 168, 6);
  });

  test('at a budget, the lowest line that keeps it is taken', () => {
    const scores = new Float64Array(201);
    for (const [row, score] of [
      [60, 0.9],
      [80, 0.7],
      [100, 0.8],
      [150, 0.6],
    ] as const)
      scores[row] = score;
    expect(scoreAtBudget([{ series, scores }], 1)).toMatchObject({ line: 0.8, found: 1, falseIncidents: 1 });
    expect(scoreAtBudget([{ series, scores }], 2)).toMatchObject({ line: 0.6, found: 2, falseIncidents: 2 });
  });
});

describe('the Numenta score', () => {
  const series = hourly(1000, [[500, 599]]);

  test('is 100 for the first row of every window, 0 for silence, less for a late row', () => {
    expect(numentaScore(scored(series, 500), 0.5)).toBeCloseTo(100, 6);
    expect(numentaScore(scored(series), 0.5)).toBe(0);
    expect(numentaScore(scored(series, 590), 0.5)).toBeLessThan(75);
  });

  test('takes 0.11 of a window for a false row far from one, and little just after one', () => {
    expect(numentaScore(scored(series, 400, 500), 0.5)).toBeCloseTo(100 - 5.5, 6);
    expect(numentaScore(scored(series, 500, 601), 0.5)).toBeGreaterThan(99);
    expect(numentaScore(scored(series, 20, 500), 0.5)).toBeCloseTo(100, 6);
    expect(bestNumentaScore(scored(series, 500)).score).toBeCloseTo(100, 6);
  });
});

describe('made-up series', () => {
  test.each(Object.keys(KINDS))('%s is the same for a seed, and spoilt just where it says so', (kind) => {
    const step = STEPS[3]!;
    const spoilt = planted(kind, step, 4);
    expect(planted(kind, step, 4)).toEqual(spoilt);
    expect(spoilt.labelled).toHaveLength(spoilt.sorts.length);
    if (KINDS[kind]!.isTotal) return;
    const sound = calm(kind, step, 4);
    const changed = new Set(spoilt.values.flatMap((value, row) => (Object.is(value, sound.values[row]) ? [] : [row])));
    for (const row of changed) expect(spoilt.labelled.some(([from, to]) => row >= from && row <= to)).toBe(true);
    for (const [from, to] of spoilt.labelled) expect([...changed].some((row) => row >= from && row <= to)).toBe(true);
  });

  test('every sort of incident is planted somewhere', () => {
    const sorts = new Set(Object.keys(KINDS).flatMap((kind) => planted(kind, STEPS[3]!, 1).sorts));
    expect([...sorts].sort()).toEqual(Object.keys(INCIDENTS).sort());
  });

  test.each(METHODS)('$name judges each row from those before it', ({ judge }) => {
    const { at, values } = planted('with gaps', STEPS[3]!, 2);
    const cut = 1500;
    expect(judge(at.slice(0, cut), values.slice(0, cut))).toEqual(judge(at, values).slice(0, cut));
  });
});

describe('files', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'cellstar-series-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };

  test('with labels in each row, quoted or not, are read as stretches', () => {
    write(
      'x/a.csv',
      '"TimeStamp","Value","Label"\r\n"2026-01-01T00:00:00Z","1","0"\r\n"2026-01-01T01:00:00Z",2,"1"\r\n',
    );
    expect(rowLabelledSeries(folder)).toMatchObject([{ name: 'x/a.csv', values: [1, 2], labelled: [[1, 1]] }]);
    write('x/b.csv', 'timestamp,value\n1767226200,1\n');
    expect(() => rowLabelledSeries(folder)).toThrow('x/b.csv: there is no column label in it');
  });

  test('of the benchmark are read with their windows; a window that fits no row is told', () => {
    write('data/x/a.csv', 'timestamp,value\n2026-01-01 00:00:00,1\n2026-01-01 00:05:00,2\n');
    const windows = (to: string) => JSON.stringify({ 'x/a.csv': [['2026-01-01 00:00:00.000000', to]] });
    write('labels/combined_windows.json', windows('2026-01-01 00:05:00.000000'));
    expect(numentaSeries(folder)).toMatchObject([{ name: 'x/a.csv', labelled: [[0, 1]] }]);
    write('labels/combined_windows.json', windows('2026-01-02 00:05:00.000000'));
    expect(() => numentaSeries(folder)).toThrow('x/a.csv: a window begins or ends at no row');
    expect(() => numentaSeries(join(folder, 'none'))).toThrow('combined_windows.json');
  });

  test('that are not there leave their table out, and what is asked wrongly is said', () => {
    expect(() => seriesScore(['--seeds', '0'], undefined)).toThrow('from 1 to 20');
    expect(() => seriesScore(['--nab', folder], undefined)).toThrow('combined_windows.json');
  });
});
