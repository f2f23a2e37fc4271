// `npm run score -- series`: our detector for one series and the common methods on real labelled series and on made-up ones, in one table.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Scored, scoreAtBudget, scoreAtLine } from './incident-score.ts';
import { type LabelledSeries, numentaSeries, rowLabelledSeries } from './labelled-series.ts';
import { calm, KINDS, planted, STEPS } from './made-kinds.ts';
import { METHODS, type Method } from './methods.ts';
import { bestNumentaScore, numentaScore } from './numenta-score.ts';

export const SERIES_USAGE = `Scores on single series: Cellstar's detect beside common methods.

  series           this score
  --nab DIR        the Numenta benchmark, a folder with data and labels (CELLSTAR_SAMPLES/nab)
  --cloud DIR      series with the columns timestamp, value, label (CELLSTAR_SAMPLES/cloud-monitoring-dev)
  --seeds N        so many seeds of each made-up series (2)
`;

/** The table, or throws a sentence. A folder that was not named and is not there is left out, and the table says so. */
export function seriesScore(args: string[], samples: string | undefined): string {
  const { values } = parseArgs({
    args,
    options: { nab: { type: 'string' }, cloud: { type: 'string' }, seeds: { type: 'string', default: '2' } },
  });
  const seeds = Number(values.seeds);
  if (!(Number.isInteger(seeds) && seeds >= 1 && seeds <= 20)) throw new Error('--seeds: a whole number from 1 to 20');
  const folder = (named: string | undefined, name: string) =>
    named ?? (samples && existsSync(join(samples, name)) ? join(samples, name) : undefined);
  const nab = folder(values.nab, 'nab');
  const cloud = folder(values.cloud, 'cloud-monitoring-dev');
  return [
    nab ? numentaTable(numentaSeries(nab)) : 'Numenta benchmark: left out; name it with --nab or CELLSTAR_SAMPLES',
    cloud
      ? incidentTable(rowLabelledSeries(cloud))
      : 'Labelled series: left out; name them with --cloud or CELLSTAR_SAMPLES',
    madeTable(seeds),
    '* the line was picked in hindsight, knowing the labels: what a method could do at best, not what it does.',
  ].join('\n\n');
}

const scoredBy = (method: Method, all: readonly LabelledSeries[]): Scored[] =>
  all.map((series) => ({ series, scores: method.judge(series.at, series.values) }));

function numentaTable(all: readonly LabelledSeries[]): string {
  const rows = METHODS.map((method) => {
    const scored = scoredBy(method, all);
    const best = bestNumentaScore(scored);
    return [method.name, numentaScore(scored, method.line).toFixed(1), best.score.toFixed(1)];
  });
  return table([`Numenta benchmark, standard profile, ${all.length} series`, 'at its own line', 'best line*'], rows);
}

function incidentTable(all: readonly LabelledSeries[]): string {
  const groups: [string, readonly LabelledSeries[]][] = [
    [`all ${all.length}`, all],
    ['with a season', all.filter(isSeasonal)],
    ['without', all.filter((series) => !isSeasonal(series))],
  ];
  const rows = groups.flatMap(([group, series]) =>
    METHODS.map((method) => {
      const scored = scoredBy(method, series);
      const own = scoreAtLine(scored, method.line);
      const found = [own, scoreAtBudget(scored, 0.25), scoreAtBudget(scored, 1)].map((score) =>
        share(score.found, score.incidents),
      );
      return [`${group}: ${method.name}`, found[0]!, perWeek(own), found[1]!, found[2]!];
    }),
  );
  const heads = ['found at its own line', 'false a series-week there', 'found at 0.25*', 'found at 1*'];
  return table(['Incidents of labelled series', ...heads], rows);
}

const SEASONAL_SHARE = 0.4;
const HOURS = 24;

/** Whether the hour of the day explains so much of the variance, all rows known. */
function isSeasonal({ at, values }: LabelledSeries): boolean {
  const sums = Array.from({ length: HOURS }, () => ({ count: 0, sum: 0 }));
  const hourOf = (time: number) => sums[Math.floor(time / 3_600_000) % HOURS]!;
  at.forEach((time, row) => {
    hourOf(time).count++;
    hourOf(time).sum += values[row]!;
  });
  const mean = sums.reduce((all, { sum }) => all + sum, 0) / values.length;
  const square = (from: (time: number) => number) =>
    at.reduce((all, time, row) => all + (values[row]! - from(time)) ** 2, 0);
  return square((time) => hourOf(time).sum / hourOf(time).count) <= (1 - SEASONAL_SHARE) * square(() => mean);
}

/** Made-up series: false incidents where nothing is wrong, and what is found of what was planted, each at the method's own line. */
function madeTable(seeds: number): string {
  const numbers = Array.from({ length: seeds }, (_, i) => 101 + i);
  const rows = Object.keys(KINDS).map((kind) => {
    const make = (of: typeof calm) => STEPS.flatMap((step) => numbers.map((seed) => of(kind, step, seed)));
    const [quiet, spoilt] = [make(calm), make(planted)];
    const figures = METHODS.flatMap((method) => {
      const found = scoreAtLine(scoredBy(method, spoilt), method.line);
      return [perWeek(scoreAtLine(scoredBy(method, quiet), method.line)), share(found.found, found.incidents)];
    });
    return [kind, ...figures];
  });
  const heads = METHODS.flatMap(({ name }) => [`${name}: false a week`, 'found']);
  return table([`Made-up series, ${STEPS.map(({ name }) => name).join(', ')}`, ...heads], rows);
}

const share = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);
const perWeek = (score: { falseIncidents: number; seriesWeeks: number }) =>
  (score.falseIncidents / score.seriesWeeks).toFixed(2);

function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
