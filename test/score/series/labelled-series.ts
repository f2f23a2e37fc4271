// Reads real series with known incidents: the Numenta benchmark's, with windows in one file, and those with a label in each row.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSeriesRow, seriesColumns } from '../../../server/collect/series-row.ts';

export interface LabelledSeries {
  /** Folder and file, as `realTweets/Twitter_volume_IBM.csv`. */
  name: string;
  /** Epoch milliseconds, in the order of the file. */
  at: number[];
  /** NaN where nothing was measured. */
  values: number[];
  /** First and last row of each labelled stretch. */
  labelled: [first: number, last: number][];
}

/** The series of a copy of the benchmark, a folder with `data` and `labels`. Throws a sentence on anything else. */
export function numentaSeries(folder: string): LabelledSeries[] {
  const path = join(folder, 'labels', 'combined_windows.json');
  if (!existsSync(path)) throw new Error(`${folder}: there is no labels/combined_windows.json in it`);
  const windows: Record<string, [string, string][]> = JSON.parse(readFileSync(path, 'utf8'));
  return csvFiles(join(folder, 'data')).map(({ name, lines }) => {
    const series = { name, ...read(name, lines), labelled: [] as [number, number][] };
    const rowOf = (time: string) => series.at.indexOf(Date.parse(`${time.slice(0, 19).replace(' ', 'T')}Z`));
    series.labelled = (windows[name] ?? []).map(([from, to]) => [rowOf(from), rowOf(to)]);
    if (series.labelled.flat().includes(-1)) throw new Error(`${name}: a window begins or ends at no row`);
    return series;
  });
}

/** The series of a folder of files with the columns timestamp, value and label. */
export function rowLabelledSeries(folder: string): LabelledSeries[] {
  return csvFiles(folder).map(({ name, lines }) => {
    const label = fieldsOf(lines[0]!.toLowerCase()).indexOf('label');
    if (label < 0) throw new Error(`${name}: there is no column label in it`);
    const marks = lines.slice(1).map((line) => Number(fieldsOf(line)[label]) > 0);
    return { name, ...read(name, lines), labelled: stretches(marks) };
  });
}

const fieldsOf = (line: string) => line.replaceAll('"', '').split(',');

function csvFiles(folder: string): { name: string; lines: string[] }[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.csv'));
  if (names.length === 0) throw new Error(`${folder}: there is no CSV file in it`);
  return names.toSorted().map((name) => {
    const text = readFileSync(join(folder, name), 'utf8').replace(/^\ufeff/, '');
    return { name, lines: text.split(/\r?\n/).filter((line) => line !== '') };
  });
}

function read(name: string, lines: string[]): { at: number[]; values: number[] } {
  const columns = seriesColumns(lines[0]!);
  if (columns === undefined) throw new Error(`${name}: its first line does not name timestamp and value`);
  const rows = lines.slice(1).map((text, i) => {
    const row = readSeriesRow(text, i + 2, columns);
    if ('rejection' in row) throw new Error(`${name}: line ${i + 2}: ${row.rejection.detail}`);
    return row;
  });
  return { at: rows.map((row) => row.at), values: rows.map((row) => row.measured) };
}

/** First and last place of each run of marks. */
function stretches(marks: readonly boolean[]): [number, number][] {
  const found: [number, number][] = [];
  marks.forEach((mark, i) => {
    if (!mark) return;
    if (marks[i - 1]) found.at(-1)![1] = i;
    else found.push([i, i]);
  });
  return found;
}
