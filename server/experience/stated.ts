// What everybody's plan and use come to, by person in columns: it changes with what the operator says, not with the hours.

import type { StarReason } from '../model/star.ts';
import { type PlanFit, type PlanMiddle, planFit, useForPrice } from './dimensions/plan.ts';
import { type Usage, usageOf, wholeMonths } from './dimensions/usage.ts';
import { partOf } from './hour-score.ts';
import type { Population } from './population.ts';
import type { StarProfile } from './profile.ts';

/** People of one plan of whom the middle is taken. */
const MOST_FOR_MIDDLE = 2000;

/** Drops that the operator counts by person, where no cells are known. */
export interface CountedDrops {
  score: number;
  calls: number;
  dropped: number;
}

export class Stated {
  private middles: { version: number; byPlan: Map<number, PlanMiddle> } | undefined;
  private plans: { version: number; size: number; scores: Float32Array } | undefined;
  private readonly usages = new Map<string, { version: number; ratios: Float32Array }>();

  constructor(
    private readonly population: Population,
    private readonly profile: StarProfile,
  ) {}

  planOf(person: number): PlanFit | null {
    const { population } = this;
    const plan = population.planNumberOf(person);
    const middle = plan < 0 ? undefined : this.middleOf(plan);
    const newest = population.monthsOf(person).at(-1);
    return planFit(population.priceOf(person), population.spendOf(person), newest, middle);
  }

  /** @param until months since the year 0, see `wholeMonths` */
  usageOf(person: number, until: number, isPast: boolean): Usage | null {
    return usageOf(wholeMonths(this.population.monthsOf(person), until, isPast));
  }

  /** Of the newest month with enough calls; null where there is none. */
  dropsOf(person: number): CountedDrops | null {
    const month = this.population.monthsOf(person).findLast(({ calls }) => calls >= this.profile.leastCalls);
    if (!month || Number.isNaN(month.droppedCalls)) return null;
    const { calls, droppedCalls: dropped } = month;
    const limit = this.profile.limits.find(({ kpi }) => kpi === 'drop_rate_pct');
    return limit ? { score: 100 * partOf(limit, (100 * dropped) / calls), calls, dropped } : null;
  }

  /** Plan scores of everybody; NaN where not known. */
  allPlans(): Float32Array {
    const { statedVersion: version, size } = this.population;
    if (this.plans?.version === version && this.plans.size === size) return this.plans.scores;
    const scores = new Float32Array(size);
    for (let person = 0; person < size; person++) scores[person] = this.planOf(person)?.score ?? Number.NaN;
    this.plans = { version, size, scores };
    return scores;
  }

  /** Newest month against those before, of everybody; NaN where not known. */
  allUsages(until: number, isPast: boolean): Float32Array {
    const { statedVersion: version, size } = this.population;
    const key = `${until} ${isPast}`;
    const known = this.usages.get(key);
    if (known?.version === version && known.ratios.length === size) return known.ratios;
    const ratios = new Float32Array(size);
    for (let person = 0; person < size; person++)
      ratios[person] = this.usageOf(person, until, isPast)?.ratio ?? Number.NaN;
    // The months of one overview at most.
    if (this.usages.size >= 4) this.usages.clear();
    this.usages.set(key, { version, ratios });
    return ratios;
  }

  private middleOf(plan: number): PlanMiddle | undefined {
    const { statedVersion: version } = this.population;
    if (this.middles?.version !== version) this.middles = { version, byPlan: middlesOf(this.population) };
    return this.middles.byPlan.get(plan);
  }
}

function middlesOf(population: Population): Map<number, PlanMiddle> {
  const uses = new Map<number, { minutes: number[]; dataGb: number[] }>();
  for (let person = 0; person < population.size; person++) {
    const [plan, month] = [population.planNumberOf(person), population.monthsOf(person).at(-1)];
    if (plan < 0 || !month || population.hasLeft(person)) continue;
    const use = uses.get(plan) ?? { minutes: [], dataGb: [] };
    uses.set(plan, use);
    if (use.minutes.length + use.dataGb.length >= 2 * MOST_FOR_MIDDLE) continue;
    const { minutes, dataGb } = useForPrice(month, population.priceOf(person), population.spendOf(person));
    if (!Number.isNaN(minutes)) use.minutes.push(minutes);
    if (!Number.isNaN(dataGb)) use.dataGb.push(dataGb);
  }
  return new Map(
    [...uses].map(([plan, { minutes, dataGb }]) => [plan, { minutes: middle(minutes), dataGb: middle(dataGb) }]),
  );
}

export function middle(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function dropReasons({ calls, dropped }: CountedDrops): StarReason[] {
  return [{ why: { code: 'star-drops-counted', values: { calls, dropped } } }];
}
