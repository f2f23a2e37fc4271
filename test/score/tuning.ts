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
    played.push(await play({ seed, ...run }, 'baselines'));
  }
  const lines = Object.entries(BASELINES).flatMap(([name, baseline]) => tuneLine(name, baseline, played));
  return [...lines, ...tuneFit(played)].join('\n');
}

/** What a knob of a baseline gives. */
interface Tried {
  falsePer1000: number;
  found: number;
}

function tuneLine(name: string, baseline: (table: ReadingsTable) => Float32Array, played: readonly Played[]): string[] {
  const strengths = played.map(({ table }) => baseline(table));
  return aroundBudget(name, LINES, (line) => {
    const { falsePer1000CellDays, recall } = figuresFor(played, ({ table }, i) =>
      alertsOf(table, strengths[i]!, { line, ...USUAL_RULE }),
    );
    return { falsePer1000: falsePer1000CellDays.all ?? 0, found: recall.all ?? 0 };
  });
}

/** False predictions have the same budget as false alerts. */
function tuneFit(played: readonly Played[]): string[] {
  const cellDays = played.reduce((sum, { truth }) => sum + cellDaysOf(truth, windowOf(truth)), 0);
  return aroundBudget('timeLeftFit', FITS, (fit) => {
    const { prediction } = figuresFor(played, ({ table }) => timeLeft(table, fit));
    const wrong = prediction.predictions * (1 - (prediction.precision.all ?? 0));
    return { falsePer1000: (1000 * wrong) / cellDays, found: prediction.recall.all ?? 0 };
  });
}

/** The first of the rising knobs that keeps to the budget, found by halving, and its neighbour that does not. */
function aroundBudget(name: string, knobs: readonly number[], tryOut: (knob: number) => Tried): string[] {
  let [low, high] = [-1, knobs.length - 1];
  const lines = new Map<number, string>();
  const look = (index: number): Tried => {
    const tried = tryOut(knobs[index]!);
    const found = `${(100 * tried.found).toFixed(0)} % found`;
    lines.set(index, `${name} ${knobs[index]}: ${tried.falsePer1000.toFixed(1)} false per 1,000 cell-days, ${found}`);
    return tried;
  };
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (look(middle).falsePer1000 <= BUDGET) high = middle;
    else low = middle;
  }
  if (!lines.has(high)) look(high);
  return [lines.get(low), `${lines.get(high)} ← chosen`].filter((line) => line !== undefined);
}

function figuresFor(played: readonly Played[], tell: (one: Played, index: number) => ScoredAlert[]) {
  const tallies = played.map((one, i) => tallyOf({ name: 'baseline', alerts: tell(one, i) }, one.truth));
  return figuresOf('baseline', tallies);
}
