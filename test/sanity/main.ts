// `npm run sanity [-- --seed N --sites N]`: the pretend network beside real files, as one small table.

import { parseArgs } from 'node:util';
import * as figures from './figures.ts';
import { type Pretend, pretend } from './pretend.ts';
import { type Levels, realDrops, realLevels, realLoad, realWeeks } from './real.ts';

type Row = [what: string, real: string, made: string];

/** Below this load of a real cell rounding says more than the cell. */
const LEAST_LOAD_PCT = 0.5;
/** Published for LTE cells: what a user gets at 0–20 and at 80–100 % load. */
const PUBLISHED_SPEEDS = '22.5 → 4.8 (published)';

const round = (value: number, decimals: number) => (Number.isNaN(value) ? '–' : value.toFixed(decimals));
const range = ({ low, middle, high }: figures.Spread, decimals = 0) =>
  `${round(low, decimals)} … ${round(middle, decimals)} … ${round(high, decimals)}`;

function loadRows(real: figures.LoadReading[], made: Pretend): Row[] {
  const [theirs, ours] = [real, made.load].map(figures.dailyShape) as [number[], number[]];
  const busiest = (shape: number[]) => `${shape.indexOf(Math.max(...shape))}:00`;
  const both = (of: (readings: figures.LoadReading[]) => string): [string, string] => [of(real), of(made.load)];
  const fast = (from: number, to: number) =>
    figures.meanOf(
      made.speeds.filter(({ loadPct, mbps }) => loadPct >= from && loadPct < to && mbps > 0).map(({ mbps }) => mbps),
    );
  return [
    [
      'resource blocks in use, quarter hours, %',
      ...both((all) => range(figures.spreadOf(all.map(({ loadPct }) => loadPct)), 1)),
    ],
    ['busiest hour', busiest(theirs), busiest(ours)],
    [
      'load at night (2–5) of the busiest hour',
      round(figures.nightShare(theirs), 2),
      round(figures.nightShare(ours), 2),
    ],
    ['daily shapes, correlation', '1', round(figures.correlation(theirs, ours), 2)],
    ['busy cells against quiet ones (p90/p10)', ...both((all) => round(figures.cellSpread(all), 1))],
    ['same cell and time, day to day (σ/mean)', ...both((all) => round(figures.dayToDay(all), 2))],
    ['load and what is carried, correlation', ...both((all) => round(figures.loadAndCarried(all), 2))],
    ['carried if all blocks were used, Mbit/s', ...both((all) => range(figures.carriedAtFull(all, LEAST_LOAD_PCT)))],
    [
      'a user at 0–20 → 80–100 % load, Mbit/s',
      PUBLISHED_SPEEDS,
      `${round(fast(0, 20), 1)} → ${round(fast(80, 101), 1)}`,
    ],
  ];
}

function levelRows(real: Levels, made: Levels): Row[] {
  return (['rsrpDbm', 'rsrqDb', 'sinrDb'] as const).map((key) => {
    const unit = key === 'rsrpDbm' ? 'RSRP of LTE, dBm' : key === 'rsrqDb' ? 'RSRQ, dB' : 'SINR, dB';
    return [unit, range(figures.spreadOf(real[key])), range(figures.spreadOf(made[key]))];
  });
}

function print(rows: readonly Row[]): void {
  const table: Row[] = [['5 % … median … 95 %, or as told', 'real', 'pretend'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]!.length)));
  table.forEach((row, i) => {
    console.log(`| ${row.map((text, column) => text.padEnd(widths[column]!)).join(' | ')} |`);
    if (i === 0) console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  });
}

async function main(argv: string[]): Promise<number> {
  const folder = process.env.CELLSTAR_SAMPLES;
  if (!folder) {
    console.error(
      'CELLSTAR_SAMPLES is not set: without the folder of real files there is nothing to hold the pretend network against',
    );
    return 1;
  }
  const { values } = parseArgs({
    args: argv,
    options: { seed: { type: 'string', default: '1' }, sites: { type: 'string', default: '60' } },
  });
  const made = pretend(Number(values.seed), Number(values.sites));
  const drops = await realDrops(folder);
  const means = figures
    .groupBy(made.load, ({ cell }) => cell)
    .map((own) => figures.meanOf(own.map(({ loadPct }) => loadPct)));
  print([
    [
      'a busy site by the week / cells by the fortnight, %',
      range(figures.spreadOf(realWeeks(folder))),
      range(figures.spreadOf(means)),
    ],
    ...loadRows(realLoad(folder), made),
    [
      'drop rate of the network by the hour, %',
      range(figures.spreadOf(drops), 2),
      range(figures.spreadOf(made.drops), 2),
    ],
    ...levelRows(realLevels(folder), made.levels),
  ]);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
