// The star of one person: dimensions with reasons, history by local day, what moved it, what comes next.

import { dayName, type LocalTime } from '../maths/local-time.ts';
import type { Said } from '../model/finding.ts';
import type { Complaint, Exposure, Subscriber } from '../model/person.ts';
import type { Reading } from '../model/reading.ts';
import { DIMENSIONS, type Dimension, type DimensionScore, type StarReason, type StarScore } from '../model/star.ts';
import { badReasons, badStretches } from './bad-hours.ts';
import { type CellHours, HOURS, localDayMs, UNKNOWN } from './cell-hours.ts';
import { complaintsAt, serviceReasons, serviceScore } from './dimensions/complaint-handling.ts';
import { planReasons } from './dimensions/plan.ts';
import { freshness, satisfactionReasons, satisfactionScore, surveysAt } from './dimensions/satisfaction.ts';
import { isExcused, type Usage, usageReasons } from './dimensions/usage.ts';
import { ALL_DAY } from './exposure.ts';
import { type DaySum, dayWeight, type NetworkScore, networkScore, sumOfDay } from './network-score.ts';
import type { Population, UsualCell } from './population.ts';
import { hourWeights, type StarProfile } from './profile.ts';
import { monthOf } from './standings.ts';
import { combine, halfWidth, type Known, starsOf } from './star-score.ts';
import { dropReasons, type Stated } from './stated.ts';
import type { UsualHours } from './usual-hours.ts';

export interface PersonAnswer extends StarScore {
  person: Subscriber;
  tier: string | null;
  /** One a local day, oldest first. */
  history: { day: string; score: number; network: number | null }[];
  change: Said;
  outlook: { why: Said; score: number | null };
  servedBy: { cell: string; share: number }[];
  hours: { day: string; scores: (number | null)[] }[];
  complaints: Complaint[];
}

/** What the answer is made from. */
export interface PersonRooms {
  population: Population;
  hours: CellHours;
  usualHours: UsualHours;
  stated: Stated;
  time: LocalTime;
  profile: StarProfile;
  readings(cell: string, from: number, to: number): Promise<Reading[]>;
  /** Middle of all people of a tier, by dimension. */
  usualOf(tier: string | null): Promise<Record<Dimension, number | null>>;
}

/** What the store knows of this one person beside the population. */
export interface PersonPast {
  person: Subscriber;
  exposures: readonly Exposure[];
  complaints: readonly Complaint[];
}

const DAYS_OF_HOURS = 7;
const WEEK_DAYS = 7;
/** Points; less is no change that a person would feel. */
const LEAST_CHANGE = 1;
const MOST_CELLS = 10;
const MOST_COMPLAINTS = 50;
/** A week of the present, days weighing half as much after three more: 1 − 2^(−7/3). */
const ONE_WEEK = 1 - 2 ** (-7 / 3);
/** Part of the hours of which nothing is known; more is told. */
const TELL_UNKNOWN = 0.2;

/** One person at one time. */
export class OnePerson {
  private readonly weights: Float64Array;
  /** END of the newest period that was measured: what people say later moves no hour of the network. */
  private readonly measuredAt: number;
  private readonly today: number;
  private readonly firstDay: number;
  private readonly byDay: ReadonlyMap<number, UsualCell[]>;
  private readonly usual: UsualCell[];
  private readonly sums = new Map<number, DaySum>();

  constructor(
    private readonly index: number,
    private readonly past: PersonPast,
    /** Data time, epoch milliseconds. */
    private readonly at: number,
    private readonly rooms: PersonRooms,
  ) {
    const { population, time, profile, hours } = rooms;
    this.weights = hourWeights(profile);
    this.measuredAt = hours.newestAt || at;
    this.today = time.day(this.measuredAt - 1);
    const activated = population.activatedAt(index);
    const oldest = Math.min(hours.known()[0] ?? this.today, this.today);
    this.firstDay = Number.isFinite(activated) ? Math.max(oldest, time.day(activated)) : oldest;
    this.usual = population.exposuresOf(index);
    this.byDay = exposuresByDay(past.exposures, population);
  }

  async answer(): Promise<PersonAnswer | undefined> {
    const now = this.standing(this.today);
    const { combined, known, network } = now;
    if (combined.score === null) return this.withoutScore();
    const score = tenth(combined.score);
    const sure = { knownShare: network.knownShare, freshness: this.freshnessNow() };
    const half = halfWidth(combined, known, sure, this.rooms.profile);
    return {
      ...this.frame(),
      ...{ stars: starsOf(score), score },
      low: tenth(Math.max(0, score - half)),
      high: tenth(Math.min(100, score + half)),
      dimensions: await this.dimensions(now),
      history: this.history(),
      change: this.change(now),
      outlook: this.outlook(now),
    };
  }

  /** Nothing is known yet: an empty score, as wide as can be, and what is missing. */
  private async withoutScore(): Promise<PersonAnswer> {
    return {
      ...this.frame(),
      ...{ stars: 0, score: 0, low: 0, high: 100, history: [] },
      dimensions: await this.dimensions(this.standing(this.today)),
      change: { code: 'star-nothing-known', values: {} },
      outlook: { why: { code: 'star-nothing-known', values: {} }, score: null },
    };
  }

  private frame() {
    const { population } = this.rooms;
    return {
      subscriber: population.idOf(this.index),
      at: this.at,
      person: this.past.person,
      tier: population.tierOf(this.index),
      servedBy: this.servedBy(),
      hours: this.lastHours(),
      complaints: this.past.complaints
        .filter(({ at }) => at >= population.activatedAt(this.index))
        .slice(0, MOST_COMPLAINTS),
    };
  }

  private exposuresOn(day: number): readonly UsualCell[] {
    return this.byDay.get(day) ?? this.usual;
  }

  private sumOf(day: number): DaySum {
    let sum = this.sums.get(day);
    if (!sum) {
      const past = day < this.today ? HOURS : Math.ceil(this.hourNow());
      sum = sumOfDay(this.rooms.hours.bytes(day), this.exposuresOn(day), this.weights, past);
      this.sums.set(day, sum);
    }
    return sum;
  }

  /** Hours of today that are over. */
  private hourNow(): number {
    return (this.rooms.time.local(this.measuredAt) - localDayMs(this.today)) / 3_600_000;
  }

  private networkOn(day: number): NetworkScore {
    const { profile, stated, population } = this.rooms;
    if (this.usual.length === 0 && this.byDay.size === 0) {
      const drops = stated.dropsOf(this.index);
      return { score: drops?.score ?? null, knownShare: drops ? 1 : 0 };
    }
    const first = Math.max(
      day - profile.days + 1,
      Number.isFinite(population.activatedAt(this.index)) ? this.firstDay : 0,
    );
    const days = Array.from({ length: day - first + 1 }, (_, i) => first + i);
    return networkScore(
      days.map((each) => this.sumOf(each)),
      profile,
    );
  }

  private standing(day: number) {
    const { population, profile, stated, time } = this.rooms;
    const at = day === this.today ? this.at : time.moment(localDayMs(day + 1));
    const activated = population.activatedAt(this.index);
    const network = this.networkOn(day);
    const usage = stated.usageOf(this.index, monthOf(time.local(at - 1)), day < this.today);
    const excused = isExcused(usage, network.score, profile.badNetwork);
    const complaints = complaintsAt(population.complaints.of(this.index), at, activated, profile);
    const surveys = surveysAt(population.surveys.of(this.index), at, activated);
    const known: Known = {
      network: network.score,
      service: serviceScore(complaints, at, profile),
      usage: excused ? null : (usage?.score ?? null),
      plan: stated.planOf(this.index)?.score ?? null,
      satisfaction: satisfactionScore(surveys, at, profile),
    };
    return { day, at, network, usage, excused, complaints, surveys, known, combined: combine(known, profile) };
  }

  private freshnessNow(): number {
    const { population, profile } = this.rooms;
    const surveys = surveysAt(population.surveys.of(this.index), this.at, population.activatedAt(this.index));
    return freshness(surveys, this.at, profile);
  }

  private async dimensions(now: Standing): Promise<DimensionScore[]> {
    const usual = await this.rooms.usualOf(this.rooms.population.tierOf(this.index));
    const reasons = await this.reasons(now);
    return DIMENSIONS.map((id) => {
      const score = now.known[id];
      return {
        id,
        score: score === null ? null : tenth(score),
        weight: now.combined.weights[id],
        usual: usual[id] === null ? null : tenth(usual[id]),
        reasons: reasons[id],
      };
    });
  }

  private async reasons(now: Standing): Promise<Record<Dimension, StarReason[]>> {
    const { profile, stated } = this.rooms;
    return {
      network: await this.networkReasons(now),
      service: serviceReasons(now.complaints, now.at, profile),
      usage: usageReasons(now.usage as Usage | null, now.excused),
      plan: planReasons(stated.planOf(this.index)),
      satisfaction: satisfactionReasons(now.surveys, now.at),
    };
  }

  private async networkReasons({ network }: Standing): Promise<StarReason[]> {
    const { hours, population, profile, stated, time, readings } = this.rooms;
    const drops = stated.dropsOf(this.index);
    if (this.usual.length === 0 && this.byDay.size === 0)
      return drops ? dropReasons(drops) : [{ why: { code: 'star-no-network', values: {} } }];
    if (network.score === null) return [{ why: { code: 'star-no-hours', values: {} } }];
    const first = Math.max(this.firstDay, this.today - profile.days + 1);
    const days = Array.from({ length: this.today - first + 1 }, (_, i) => first + i);
    const known = days.reduce((sum, day) => sum + dayWeight(this.today - day, profile) * this.sumOf(day).known, 0);
    const person = {
      days,
      exposures: (day: number) => this.exposuresOn(day),
      bytes: (day: number) => hours.bytes(day),
    };
    const context = { time, profile, readings, at: this.at, nameOf: (cell: number) => population.cells.names[cell]! };
    const bad = await badReasons(badStretches(person, this.weights, known, profile), context);
    const unknown = 1 - network.knownShare;
    return [
      ...(bad.length > 0 ? bad : [{ why: { code: 'star-network-well', values: { days: days.length } } }]),
      ...(unknown > TELL_UNKNOWN ? [{ why: { code: 'star-unknown-hours', values: { share: unknown } } }] : []),
    ];
  }

  private history(): PersonAnswer['history'] {
    const days = Array.from({ length: this.today - this.firstDay + 1 }, (_, i) => this.firstDay + i);
    return days.flatMap((day) => {
      const { combined, known } = this.standing(day);
      if (combined.score === null) return [];
      const network = known.network === null ? null : tenth(known.network);
      return [{ day: dayName(day), score: tenth(combined.score), network }];
    });
  }

  /** Against a week ago, with the dimension that did most of it. */
  private change(now: Standing): Said {
    const before = this.today - WEEK_DAYS >= this.firstDay ? this.standing(this.today - WEEK_DAYS) : undefined;
    if (!before || before.combined.score === null) return { code: 'star-change-unknown', values: {} };
    const points = now.combined.score! - before.combined.score;
    if (Math.abs(points) < LEAST_CHANGE) return { code: 'star-change-none', values: {} };
    const part = (one: Standing, id: Dimension) => one.combined.weights[id] * (one.known[id] ?? 0);
    const moved = DIMENSIONS.map((id) => ({ id, by: part(now, id) - part(before, id) }));
    const lead = moved.reduce((a, b) => (b.by * Math.sign(points) > a.by * Math.sign(points) ? b : a));
    const code = points < 0 ? 'star-fell' : 'star-rose';
    return { code, values: { points: Math.abs(points), sinceMs: before.at - 1, at: this.at, dimension: lead.id } };
  }

  /** A week on, if the present hour lasts on this person's cells; nobody gains by a trouble. */
  private outlook({ combined, known }: Standing): PersonAnswer['outlook'] {
    const { population, usualHours } = this.rooms;
    const score = combined.score!;
    let [lost, most, worst] = [0, 0, ''];
    let usual = 0;
    for (const { cell, share } of this.usual) {
      const name = population.cells.names[cell]!;
      const present = usualHours.present(name);
      const normal = usualHours.usual(name) ?? present ?? known.network ?? 0;
      usual += share * normal;
      const by = present === null ? 0 : share * Math.max(0, normal - present);
      lost += by;
      if (by > most) [most, worst] = [by, name];
    }
    const network = known.network ?? 0;
    const later = network + ONE_WEEK * (Math.max(0, usual - lost) - network);
    const falls = lost > 0 ? combined.weights.network * Math.max(0, network - later) : 0;
    if (falls < LEAST_CHANGE) return { why: { code: 'star-outlook-same', values: {} }, score: tenth(score) };
    const next = tenth(score - falls);
    return {
      why: { code: 'star-outlook-falls', values: { score: next, stars: starsOf(next), cell: worst } },
      score: next,
    };
  }

  private servedBy(): PersonAnswer['servedBy'] {
    const shares = new Map<number, number>();
    for (const { cell, share } of this.usual) shares.set(cell, (shares.get(cell) ?? 0) + share);
    return [...shares]
      .sort(([, a], [, b]) => b - a)
      .slice(0, MOST_CELLS)
      .map(([cell, share]) => ({ cell: this.rooms.population.cells.names[cell]!, share }));
  }

  private lastHours(): PersonAnswer['hours'] {
    return Array.from({ length: DAYS_OF_HOURS }, (_, i) => {
      const day = this.today - DAYS_OF_HOURS + 1 + i;
      const scores = Array.from({ length: HOURS }, (_, hour) => this.hourOf(day, hour));
      return { day: dayName(day), scores };
    });
  }

  private hourOf(day: number, hour: number): number | null {
    if (day < this.firstDay) return null;
    const bytes = this.rooms.hours.bytes(day);
    let [points, known] = [0, 0];
    for (const { cell, share, hour: only } of this.exposuresOn(day)) {
      const byte = bytes?.[cell * HOURS + hour] ?? UNKNOWN;
      if (byte === UNKNOWN || (only !== ALL_DAY && only !== hour)) continue;
      points += (share * byte) / 2;
      known += share;
    }
    return known > 0 ? tenth(points / known) : null;
  }
}

type Standing = ReturnType<OnePerson['standing']>;

const tenth = (value: number) => Math.round(value * 10) / 10;

/** Rows of single days, their shares summing up to 1 in each. */
function exposuresByDay(rows: readonly Exposure[], population: Population): Map<number, UsualCell[]> {
  const days = new Map<number, UsualCell[]>();
  for (const { day, cell, share, hour } of rows) {
    const number = day === undefined ? undefined : population.cells.number(cell);
    if (number === undefined || share <= 0) continue;
    const key = Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000);
    days.set(key, [...(days.get(key) ?? []), { cell: number, share, hour: hour ?? ALL_DAY }]);
  }
  for (const cells of days.values()) {
    const sum = cells.reduce((all, { share }) => all + share, 0);
    for (const cell of cells) cell.share /= sum;
  }
  return days;
}
