// The outlook of each cell from what is remembered of its days: how full it is, when it will be, and what would put that off.

import { DAY_MS } from '../../../maths/local-time.ts';
import { median } from '../../../maths/median.ts';
import type {
  CapacityCourse,
  CapacityOutlook,
  CapacityState,
  CapacityStep,
  FullDate,
} from '../../../model/capacity.ts';
import { type BusyDays, blocksOf } from './busy-days.ts';
import { type CapacityProfile, meetsTrigger } from './capacity-profile.ts';
import { firstPassage, HORIZON_DAYS } from './first-passage.ts';
import { courseOf, doubtOf, type Growth } from './growth.ts';
import { type LivedDays, weekdayOf } from './lived-days.ts';
import type { Neighbours } from './neighbours.ts';
import type { Brief } from './page.ts';
import type { TrackRecord } from './track-record.ts';

/** Cells by the place of their memory. */
export interface Slots {
  of(cell: string): number | undefined;
  nameOf(slot: number): string;
}

/** What the outlook is made of. */
export interface Sources {
  memory: BusyDays;
  slots: Slots;
  days: LivedDays;
  neighbours: Neighbours;
  profile: CapacityProfile;
  record: TrackRecord;
}

/** Of a normal distribution, for eight of ten in the middle. */
const Z_TENTH = 1.2816;
/** Neighbours keep a fifth of their own room, and more than half of its users no cell can hand over. */
const ROOM_GIVEN = 0.8;
const MOST_HANDED = 0.5;
const LEAST_HANDED = 0.01;
const LEAST_AHEAD_DAYS = 28;

export class Outlooks {
  constructor(private readonly sources: Sources) {}

  /** Finds the present course anew, when a day is closed. The same days give the same course. */
  follow(slot: number): void {
    const { memory } = this.sources;
    const f = memory.fields;
    f.courseDays[slot] = 0;
    const { levels, firstDay } = memory.levels(slot);
    const course = courseOf(levels, weekdayOf(firstDay));
    if (!course) return;
    const doubt = doubtOf(course);
    f.courseDays[slot] = Math.min(255, course.days);
    f.courseLevel[slot] = course.level;
    const error = Math.sqrt(doubt.perDayVariance);
    // A slope that chance may bring is none: nobody is told of growth where there is none to see.
    f.coursePerDay[slot] = Math.abs(course.perDay) > this.sources.profile.leastCertainty * error ? course.perDay : 0;
    f.courseLag[slot] = course.lag;
    f.isReturn[slot] = course.isReturn ? 1 : 0;
    f.levelVariance[slot] = doubt.levelVariance;
    f.covariance[slot] = doubt.covariance;
    f.perDayVariance[slot] = doubt.perDayVariance;
  }

  /** What lists are made by, of an outlook that nobody may look at: a twentieth of the work. */
  briefOf(slot: number): Omit<Brief, 'cell' | 'area' | 'days'> {
    const { growth, fill, full, fullSince, state } = this.standOf(slot);
    return {
      ...{ state, at: this.endOf(slot) },
      fullAt: fullSince !== null ? Number.NEGATIVE_INFINITY : (full?.expectedAt ?? Number.POSITIVE_INFINITY),
      filled: growth && fill ? Math.exp(growth.level) / Math.exp(fill.level) : 0,
    };
  }

  private standOf(slot: number) {
    const [growth, fill] = [this.growthOf(slot), this.fillOf(slot)];
    const full = growth && fill ? this.fullDate(slot, growth, fill.level - growth.level) : null;
    const fullSince = this.sources.memory.fields.fullSince[slot]! || null;
    const state: CapacityState = fullSince !== null ? 'full' : growth ? this.stateOf(full) : 'learning';
    return { growth, fill, full, fullSince, state };
  }

  outlookOf(slot: number): CapacityOutlook {
    const { memory, slots } = this.sources;
    const { growth, fill, full, fullSince, state } = this.standOf(slot);
    const users = growth ? Math.exp(growth.level) : null;
    const blocksPct = this.recentBlocks(slot);
    return {
      ...{ cell: slots.nameOf(slot), at: this.endOf(slot), fullSince, full, users, blocksPct },
      state,
      days: memory.levels(slot).levels.filter((level) => !Number.isNaN(level)).length,
      busyHour: memory.busyHour(slot),
      fillUsers: fill ? Math.exp(fill.level) : null,
      limit: fill?.limit ?? 'blocks',
      growthPctPerWeek: growth ? 100 * (Math.exp(7 * growth.perDay) - 1) : null,
      trigger: users !== null && blocksPct !== null && this.meetsTrigger(slot, users, blocksPct),
      steps: growth && fill && (full || fullSince !== null) ? this.stepsOf(slot, growth, fill.level) : [],
    };
  }

  courseOf(slot: number): CapacityCourse {
    const { memory, days } = this.sources;
    const { levels, firstDay } = memory.levels(slot);
    const growth = this.growthOf(slot);
    const ahead = growth ? Math.max(LEAST_AHEAD_DAYS, levels.length) : 0;
    return {
      outlook: this.outlookOf(slot),
      days: Array.from(levels, (level, i) => {
        return [days.endOf(firstDay + i), orNull(Math.exp(level)), orNull(memory.blocksOn(slot, firstDay + i))];
      }),
      forecast: Array.from({ length: ahead }, (_, i) => {
        const { low, mid, high } = usersAfter(growth!, i + 1);
        return [this.endOf(slot) + (i + 1) * DAY_MS, low, mid, high];
      }),
    };
  }

  /** Radio blocks in use in the busy hour of the day of a moment, %, where that is within half a year ahead. */
  blocksAt(slot: number, at: number): { low: number; mid: number; high: number } | null {
    const growth = this.growthOf(slot);
    const days = (at - this.endOf(slot)) / DAY_MS;
    if (!growth || days <= 0 || days > HORIZON_DAYS) return null;
    const share = Math.exp(this.sources.memory.fields.loadPerUser[slot]!);
    const { low, mid, high } = usersAfter(growth, days);
    return { low: blocksOf(low * share), mid: blocksOf(mid * share), high: blocksOf(high * share) };
  }

  /** What fills the cell; undefined while that is not known, or where hardly anybody comes. */
  fillOf(slot: number) {
    const { fullPct, bearableMbps, leastUsers } = this.sources.profile;
    const fill = this.sources.memory.fill(slot, fullPct, bearableMbps);
    return fill && fill.level >= Math.log(leastUsers) ? fill : undefined;
  }

  private endOf(slot: number): number {
    return this.sources.memory.fields.todayEnd[slot]!;
  }

  private growthOf(slot: number): Growth | undefined {
    const f = this.sources.memory.fields;
    if (f.courseDays[slot] === 0) return undefined;
    return {
      ...{ level: f.courseLevel[slot]!, perDay: f.coursePerDay[slot]!, days: f.courseDays[slot]! },
      levelVariance: f.levelVariance[slot]! + this.sources.profile.fillSpread ** 2,
      ...{ covariance: f.covariance[slot]!, perDayVariance: f.perDayVariance[slot]! },
    };
  }

  private recentBlocks(slot: number): number | null {
    const { memory } = this.sources;
    const today = memory.fields.today[slot]! - 1;
    return median(Array.from({ length: 7 }, (_, i) => memory.blocksOn(slot, today - 1 - i))) ?? null;
  }

  private meetsTrigger(slot: number, users: number, blocksPct: number): boolean {
    const f = this.sources.memory.fields;
    const gb = f.gbPerUserHour[slot]! > 0 ? users * f.gbPerUserHour[slot]! : Number.NaN;
    return meetsTrigger({ users, blocksPct, gb, sessionKb: f.sessionKb[slot]! || Number.NaN });
  }

  /** What is less likely than not may be a swing: it has a date, and is not counted among those that fill up. */
  private stateOf(full: FullDate | null): CapacityState {
    return full !== null && full.probability >= this.sources.profile.dropBelow ? 'growing' : 'steady';
  }

  /** Null where growth is not certain, or does not lead there within half a year. */
  private fullDate(slot: number, growth: Growth, room: number): FullDate | null {
    const grows = growth.perDay > 0 && this.sources.memory.fields.isReturn[slot] === 0;
    const passage = grows ? firstPassage(growth, room, this.sources.profile.lasting) : undefined;
    if (!passage) return null;
    // Counted from the busy hours of a day that is over by now: half a day ago, about.
    const at = (days: number) => this.endOf(slot) + Math.floor(Math.min(days, 2 * HORIZON_DAYS)) * DAY_MS;
    return {
      ...{ expectedAt: at(passage.expected), earliestAt: at(passage.earliest), latestAt: at(passage.latest) },
      probability: this.sources.record.chance(passage.probability),
    };
  }

  /** Least work first. */
  private stepsOf(slot: number, growth: Growth, fill: number): CapacityStep[] {
    const { slots, neighbours, profile } = this.sources;
    const cell = slots.nameOf(slot);
    const step = (kind: CapacityStep['kind'], takes: number, cells: string[] = []): CapacityStep => ({
      ...{ kind, takes, cells },
      full: this.fullDate(slot, growth, fill - growth.level - Math.log(1 - takes)),
    });
    const balance = this.balanceOf(cell, Math.exp(growth.level));
    return [
      ...(balance.takes > 0 ? [step('balance', balance.takes, balance.cells)] : []),
      step('carrier', profile.takes.carrier),
      ...(neighbours.isSector(cell) ? [step('split', profile.takes.split)] : []),
      step('site', profile.takes.site),
    ];
  }

  /** What neighbours could take of the users of the busy hour, as a share. */
  private balanceOf(cell: string, users: number): { takes: number; cells: string[] } {
    const { slots, neighbours, profile } = this.sources;
    const offers = neighbours.of(cell).flatMap(({ cell: other, by }) => {
      const slot = slots.of(other);
      const [growth, fill] = slot === undefined ? [] : [this.growthOf(slot), this.fillOf(slot)];
      if (!growth || !fill) return [];
      const room = ROOM_GIVEN * (Math.exp(fill.level) - Math.exp(growth.level));
      const taken = Math.min(room, profile.handsOver[by] * users);
      return taken > LEAST_HANDED * users ? [{ other, taken }] : [];
    });
    offers.sort((a, b) => b.taken - a.taken || (a.other < b.other ? -1 : 1));
    const sum = offers.reduce((total, { taken }) => total + taken, 0);
    return { takes: Math.min(MOST_HANDED, sum / users), cells: offers.map(({ other }) => other) };
  }
}

function usersAfter(growth: Growth, days: number): { low: number; mid: number; high: number } {
  const { level, perDay, levelVariance, covariance, perDayVariance } = growth;
  const spread = Z_TENTH * Math.sqrt(Math.max(0, levelVariance + 2 * covariance * days + perDayVariance * days * days));
  const mid = level + perDay * days;
  return { low: Math.exp(mid - spread), mid: Math.exp(mid), high: Math.exp(mid + spread) };
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
