// Where each baseline's line must stand, on training seeds, so that it uses up its budget of false alerts and no more.

import { earlierWeeks } from './baselines/earlier-weeks.ts';
import { rollingZScore } from './baselines/rolling-z-score.ts';
import { staticThresholds } from './baselines/static-thresholds.ts';
import { timeLeft } from './baselines/time-left.ts';
import { BUDGET } from './baselines/tuned.ts';
import { type Played, play } from './contenders.ts';
import { cellDaysOf } from './detection-score.ts';
import { figuresOf } from './figures.ts';
import type { ReadingsTable } from './readings-table.ts';
import type { ScoreOptions } from './score-options.ts';
import { tallyOf, windowOf } from './score-run.ts';
import type { ScoredAlert } from './scored-alert.ts';
import { alertsOf, USUAL_RULE } from './strength.ts';

const BASELINES = { staticThresholds, earlierWeeks, rollingZScore };
/** Each line is a seventh above the one before: fine enough to meet a budget. */
const LINES = Array.from({ length: 48 }, (_, i) => Number(1.15 ** i).toPrecision(3)).map(Number);
const FITS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999];

/** Lines of text: for each baseline what was tried around the budget; the chosen line says so. */
export async function tuning({ seeds, ...run }: ScoreOptions, say: (line: string) => void): Promise<string> {
  const played: Played[] = [];
  for (const seed of seeds) {
    say(`seed ${seed} …`);
    played.push(await play({ seed, ...run }, false));
  }
  const lines = Object.entries(BASELINES).flatMap(([name, baseline]) => tuneLine(name, baseline, played));
  return [...lines, ...tuneFit(played)].join('\n');
}

/** What a knob of a baseline gives. */
interface Tried {
  knob: number;
  falsePer1000: number;
  found: number;
}

function tuneLine(name: string, baseline: (table: ReadingsTable) => Float32Array, played: readonly Played[]): string[] {
  const strengths = played.map(({ table }) => baseline(table));
  const tried = LINES.map((line): Tried => {
    const { falsePer1000CellDays, recall } = figuresFor(played, ({ table }, i) =>
      alertsOf(table, strengths[i]!, { line, ...USUAL_RULE }),
    );
    return { knob: line, falsePer1000: falsePer1000CellDays.all ?? 0, found: recall.all ?? 0 };
  });
  return aroundBudget(name, tried);
}

/** False predictions have the same budget as false alerts. */
function tuneFit(played: readonly Played[]): string[] {
  const cellDays = played.reduce((sum, { truth }) => sum + cellDaysOf(truth, windowOf(truth)), 0);
  const tried = FITS.map((fit): Tried => {
    const { prediction } = figuresFor(played, ({ table }) => timeLeft(table, fit));
    const wrong = prediction.predictions * (1 - (prediction.precision.all ?? 0));
    return { knob: fit, falsePer1000: (1000 * wrong) / cellDays, found: prediction.recall.all ?? 0 };
  });
  return aroundBudget('timeLeftFit', tried);
}

/** `tried` with a rising knob: the first that keeps to the budget is chosen. */
function aroundBudget(name: string, tried: readonly Tried[]): string[] {
  const within = tried.findIndex(({ falsePer1000 }) => falsePer1000 <= BUDGET);
  const chosen = within < 0 ? tried.length - 1 : within;
  return tried.slice(Math.max(0, chosen - 1), chosen + 2).map((one) => {
    const mark = one === tried[chosen] ? ' ← chosen' : '';
    return `${name} ${one.knob}: ${one.falsePer1000.toFixed(1)} false per 1,000 cell-days, ${(100 * one.found).toFixed(0)} % found${mark}`;
  });
}

function figuresFor(played: readonly Played[], tell: (one: Played, index: number) => ScoredAlert[]) {
  const tallies = played.map((one, i) => tallyOf({ name: 'baseline', alerts: tell(one, i) }, one.truth));
  return figuresOf('baseline', tallies);
}
