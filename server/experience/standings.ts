// Everybody's scores at the end of a local day, in columns by person; in turns, so that nothing else waits.

import { DAY_MS, type LocalTime } from '../maths/local-time.ts';
import { DIMENSIONS, type Dimension } from '../model/star.ts';
import { type CellHours, HOURS, localDayMs } from './cell-hours.ts';
import { complaintsAt, serviceScore } from './dimensions/complaint-handling.ts';
import { satisfactionScore, surveysAt } from './dimensions/satisfaction.ts';
import { ALL_DAY } from './exposure.ts';
import { type CellSums, cellSums, networkScore, sumOfDay } from './network-score.ts';
import type { Standing } from './overview.ts';
import type { Population } from './population.ts';
import { hourWeights, type StarProfile } from './profile.ts';
import type { Stated } from './stated.ts';

/** Days whose whole scores are remembered, and days of which all is. */
const MOST_TOTALS = 60;
const MOST_STANDINGS = 3;
/** People between two turns: some milliseconds. */
const PEOPLE_A_TURN = 10_000;
const AS_BEFORE = 80;

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

export class Standings {
  private readonly whole = new Map<number, { key: string; standing: Standing }>();
  private readonly totals = new Map<number, { key: string; scores: Float32Array }>();
  private readonly weights: Float64Array;

  constructor(
    private readonly population: Population,
    private readonly hours: CellHours,
    private readonly stated: Stated,
    private readonly time: LocalTime,
    private readonly profile: StarProfile,
  ) {
    this.weights = hourWeights(profile);
  }

  /** Whole scores at the end of a day by person; NaN where nothing is known. */
  async totalsOf(day: number, at: number): Promise<Float32Array> {
    const key = this.keyOf(day, at);
    const known = this.totals.get(day);
    if (known?.key === key) return known.scores;
    return (await this.standingOf(day, at)).total;
  }

  /** People whose exposure is known by single days are taken as they usually are. */
  async standingOf(day: number, at: number): Promise<Standing> {
    const key = this.keyOf(day, at);
    const known = this.whole.get(day);
    if (known?.key === key) return known.standing;
    const standing = await this.workOut(day, at);
    remember(this.whole, day, { key, standing }, MOST_STANDINGS);
    remember(this.totals, day, { key, scores: standing.total }, MOST_TOTALS);
    return standing;
  }

  /** A past day stays as it was while nothing late came; of the present, waiting complaints age by the hour. */
  private keyOf(day: number, at: number): string {
    const changed = this.hours.versionOf(day - this.profile.days + 1, day);
    return `${this.population.version} ${changed} ${Math.floor(at / (DAY_MS / HOURS))}`;
  }

  private async workOut(day: number, at: number): Promise<Standing> {
    const size = this.population.size;
    const isPast = day < this.hours.today;
    const network = await this.networks(day, size);
    await turn();
    const plan = this.stated.allPlans().slice(0, size);
    await turn();
    const ratios = this.stated.allUsages(monthOf(this.time.local(at - 1)), isPast);
    const usage = Float32Array.from({ length: size }, (_, person) =>
      ratios[person]! < 1 && network[person]! < this.profile.badNetwork
        ? Number.NaN
        : Math.min(100, AS_BEFORE * ratios[person]!),
    );
    const voices = this.voices(at, size);
    return this.combined(at, { network, plan, usage, ...voices });
  }

  private async networks(day: number, size: number): Promise<Float32Array> {
    const sums = await cellSums(this.hours, day, this.profile, turn);
    const { start, cell, share, hour } = this.population.allExposures();
    const network = new Float32Array(size);
    const firstDay = this.time.moment(localDayMs(day - this.profile.days + 1));
    for (let person = 0; person < size; person++) {
      if (person % PEOPLE_A_TURN === PEOPLE_A_TURN - 1) await turn();
      const [from, to] = [start[person] ?? 0, start[person + 1] ?? 0];
      if (from === to) network[person] = this.stated.dropsOf(person)?.score ?? Number.NaN;
      else if (this.population.activatedAt(person) > firstDay) network[person] = this.ofNewcomer(person, day);
      else network[person] = meanOver(sums, { cell, share, hour }, from, to);
    }
    return network;
  }

  /** Days before this person came are another's. */
  private ofNewcomer(person: number, day: number): number {
    const first = this.time.day(this.population.activatedAt(person));
    const exposures = this.population.exposuresOf(person);
    const sums = [];
    for (let each = Math.max(first, day - this.profile.days + 1); each <= day; each++)
      sums.push(sumOfDay(this.hours.bytes(each), exposures, this.weights));
    return networkScore(sums, this.profile).score ?? Number.NaN;
  }

  private voices(at: number, size: number) {
    const { population, profile } = this;
    const service = new Float32Array(size).fill(Number.NaN);
    for (const person of population.complaints.people()) {
      const complaints = complaintsAt(population.complaints.of(person), at, population.activatedAt(person), profile);
      service[person] = serviceScore(complaints, at, profile) ?? Number.NaN;
    }
    const satisfaction = new Float32Array(size).fill(Number.NaN);
    for (const person of population.surveys.people()) {
      const surveys = surveysAt(population.surveys.of(person), at, population.activatedAt(person));
      satisfaction[person] = satisfactionScore(surveys, at, profile) ?? Number.NaN;
    }
    return { service, satisfaction };
  }

  private async combined(at: number, dimensions: Record<Dimension, Float32Array>): Promise<Standing> {
    const size = dimensions.network.length;
    const total = new Float32Array(size);
    const weights = {} as Record<Dimension, Float32Array>;
    for (const id of DIMENSIONS) weights[id] = new Float32Array(size);
    for (let person = 0; person < size; person++) {
      if (person % PEOPLE_A_TURN === PEOPLE_A_TURN - 1) await turn();
      let [points, sum] = [0, 0];
      for (const id of DIMENSIONS) if (!Number.isNaN(dimensions[id][person]!)) sum += this.profile.weights[id];
      for (const id of DIMENSIONS) {
        const score = dimensions[id][person]!;
        if (Number.isNaN(score)) continue;
        weights[id][person] = this.profile.weights[id] / sum;
        points += (this.profile.weights[id] / sum) * score;
      }
      total[person] = sum === 0 ? Number.NaN : points;
    }
    return { at, total, dimensions, weights };
  }
}

function meanOver(
  sums: CellSums,
  { cell, share, hour }: { cell: Uint32Array; share: Float32Array; hour: Int8Array },
  from: number,
  to: number,
): number {
  let [points, known] = [0, 0];
  for (let i = from; i < to; i++) {
    const isAllDay = hour[i] === ALL_DAY;
    const at = isAllDay ? cell[i]! : cell[i]! * HOURS + hour[i]!;
    points += share[i]! * ((isAllDay ? sums.points : sums.hourPoints)[at] ?? 0);
    known += share[i]! * ((isAllDay ? sums.known : sums.hourKnown)[at] ?? 0);
  }
  return known > 0 ? points / known : Number.NaN;
}

function remember<T>(book: Map<number, T>, day: number, one: T, most: number): void {
  book.delete(day);
  if (book.size >= most) book.delete(book.keys().next().value!);
  book.set(day, one);
}

/** Months since the year 0 of a local time. */
export function monthOf(localMs: number): number {
  const date = new Date(localMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
