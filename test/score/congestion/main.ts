// `npx tsx test/score/congestion/main.ts [SEEDS [FOLDER]]`: dates of full cells in the scenario of growth, beside linear time-left.

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CalendarDay } from '../../../server/model/calendar.ts';
import { specialDays } from '../../../simulators/traffic/calendar.ts';
import { timeLeft } from '../baselines/time-left.ts';
import { TUNED } from '../baselines/tuned.ts';
import { brierOf, type PredictionTally, reliabilityOf, scorePrediction } from '../prediction-score.ts';
import { windowOf } from '../score-run.ts';
import type { ScoredAlert } from '../scored-alert.ts';
import type { Truth } from '../truth.ts';
import { type KeptRun, keptRun, tableOf } from './kept-run.ts';
import { linearMisses } from './linear-date.ts';
import { DISTANCE_DAYS, type Miss, type Replayed, replay } from './replay.ts';

const DAY_MS = 86_400_000;
const MONTH_DAYS = 30.44;
const RUN = { scenario: 'growth', cells: 300, days: 182 };
const TEST_SEEDS = '1001,1002,1003,1004,1005';

/** One contender over all seeds. */
interface Tally {
  misses: Miss[];
  predictions: PredictionTally[];
}

async function main([
  seeds = TEST_SEEDS,
  folder = join(tmpdir(), 'cellstar-growth'),
]: readonly string[]): Promise<string> {
  const own: Tally = { misses: [], predictions: [] };
  const linear: Tally = { misses: [], predictions: [] };
  const costs: Replayed['cost'][] = [];
  let cellMonths = 0;
  for (const seed of seeds.split(',').map(Number)) {
    console.error(`seed ${seed} …`);
    const run = await keptRun(folder, { ...RUN, seed });
    const replayed = replay(run, calendarOf(run));
    costs.push(replayed.cost);
    cellMonths += (run.cells.length * (run.truth.until - run.truth.from)) / DAY_MS / MONTH_DAYS;
    const table = tableOf(run);
    note(own, replayed.misses, replayed.alerts, run.truth);
    const told = timeLeft(table, TUNED.timeLeftFit).filter(({ kind }) => kind === 'congestion-forecast');
    note(linear, linearMisses(run, table), told, run.truth);
  }
  const cost = costs.reduce((sum, { ms, cellDays }) => ({ ms: sum.ms + ms, days: sum.days + cellDays }), {
    ms: 0,
    days: 0,
  });
  return [
    `growth: about ${RUN.cells} cells, ${RUN.days} days; seeds ${seeds}; ${own.misses.length} cells fill up with a sign ${DISTANCE_DAYS} days before.`,
    linesOf('ours', own, cellMonths),
    linesOf('linear time-left', linear, cellMonths),
    `cost: ${Math.round((1000 * cost.ms) / cost.days)} µs a cell and day, ${Math.round(costs[0]!.bytesPerCell)} bytes a cell`,
  ].join('\n');
}

function note(tally: Tally, misses: Miss[], alerts: readonly ScoredAlert[], truth: Truth): void {
  // Of cells that fill up alone: other faults of a cell are foretold by others.
  const faults = truth.faults.filter(({ kind }) => kind === 'congestion-growth');
  tally.misses.push(...misses);
  tally.predictions.push(scorePrediction({ ...truth, faults }, alerts, windowOf(truth)));
}

function linesOf(name: string, { misses, predictions }: Tally, cellMonths: number): string {
  const sum = (of: (tally: PredictionTally) => number) => predictions.reduce((total, each) => total + of(each), 0);
  const grown = misses.filter(({ grownDays }) => grownDays >= DISTANCE_DAYS);
  const days = predictions.flatMap(({ leadHours }) => leadHours.map((hours) => hours / 24)).sort((a, b) => a - b);
  const outcomes = predictions.flatMap((each) => each.outcomes);
  const [made, came] = [sum((each) => each.predictions), sum((each) => each.cameTrue)];
  const inTime = days.filter((lead) => lead >= DISTANCE_DAYS).length;
  const reliability = reliabilityOf(outcomes).map(
    (bin) => `${bin.said.toFixed(2)}→${bin.came.toFixed(2)} (${bin.predictions})`,
  );
  return [
    `${name}: ${percent(withinWeek(misses), misses.length)} of dates within a week at ${DISTANCE_DAYS} days' distance; of the ${grown.length} that had grown for ${DISTANCE_DAYS} days by then ${percent(withinWeek(grown), grown.length)}`,
    `  recall ${percent(
      days.length,
      sum((each) => each.foretellable),
    )} of ${sum((each) => each.foretellable)} with a sign, ${inTime} of them by ${DISTANCE_DAYS} days or more; median lead ${(days[days.length >> 1] ?? 0).toFixed(1)} d`,
    `  precision ${percent(came, made)} of ${made}; false ${((made - came) / cellMonths).toFixed(4)} a cell-month; Brier ${brierOf(outcomes)?.toFixed(3)}; said→came ${reliability.join(' ')}`,
  ].join('\n');
}

const withinWeek = (misses: readonly Miss[]) =>
  misses.filter(({ lateDays }) => lateDays !== null && Math.abs(lateDays) <= 7).length;
const percent = (part: number, all: number) => `${all === 0 ? 0 : Math.round((100 * part) / all)} %`;

function calendarOf({ truth }: KeptRun): CalendarDay[] {
  return specialDays(truth.from, truth.until).map(({ day, type }) => ({
    date: new Date(day).toISOString().slice(0, 10),
    type,
  }));
}

main(process.argv.slice(2)).then(console.log);
