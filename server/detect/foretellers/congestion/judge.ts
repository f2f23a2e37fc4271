// What is told of a cell when a day is over: that it is full, or will be; and when either is over or known better.

import { DAY_MS } from '../../../maths/local-time.ts';
import type { CapacityOutlook, FullDate } from '../../../model/capacity.ts';
import type { Finding } from '../../../model/finding.ts';
import type { PredictionEnd } from '../../../model/prediction.ts';
import type { BusyDays } from './busy-days.ts';
import type { CapacityProfile } from './capacity-profile.ts';
import { crowdedFinding, forecastFinding } from './findings.ts';
import type { TrackRecord } from './track-record.ts';

/** Of the last so many workdays, days on which a cell is full: from here on it is told, and up to here it is over. */
export const CROWDED = { of: 7, from: 3, over: 1 };
/** A date is told anew when it has moved by so many days, or its probability by so much. */
const NOTABLE = { days: 5, probability: 0.15 };
/** What was foretold may come so much later and still be it. */
const GRACE_DAYS = 7;
/** Days in a row that speak against a forecast before it is taken back. */
const AGAINST_DAYS = 3;

export class Judge {
  constructor(
    private readonly memory: BusyDays,
    private readonly profile: CapacityProfile,
    private readonly record: TrackRecord,
    private readonly detector: string,
  ) {}

  /** `fullDays`: ENDs of those of the last workdays on which the cell was full, oldest first. */
  crowd(slot: number, outlook: CapacityOutlook, fullDays: readonly number[]): Finding[] {
    const f = this.memory.fields;
    const known = f.fullSince[slot]!;
    if (known === 0 && fullDays.length < CROWDED.from) return [];
    const isOver = known > 0 && fullDays.length <= CROWDED.over;
    const since = known || fullDays[0]!;
    f.fullSince[slot] = isOver ? 0 : since;
    // One anomaly a cell: while the detector has one open, ours would be taken for it.
    if (f.otherOpen[slot] === 1) return [];
    const phase = isOver ? 'ends' : known === 0 ? 'begins' : 'lasts';
    return [crowdedFinding(outlook, fullDays.length, { ...this.course, phase, since })];
  }

  forecast(slot: number, outlook: CapacityOutlook): Finding[] {
    const f = this.memory.fields;
    const { full, at } = outlook;
    if (f.forecastSince[slot] === 0) return this.begin(slot, outlook);
    if (f.fullSince[slot]! > 0) return [this.end(slot, outlook, 'came-true')];
    if (at > f.toldLatest[slot]! + GRACE_DAYS * DAY_MS) return [this.end(slot, outlook, 'expired')];
    const stands = full !== null && full.probability >= this.profile.dropBelow;
    f.forecastAgainst[slot] = stands ? 0 : f.forecastAgainst[slot]! + 1;
    if (f.forecastAgainst[slot]! >= AGAINST_DAYS) return [this.end(slot, outlook, 'withdrawn')];
    return stands && this.isNews(slot, full) ? [this.tell(slot, outlook, full, 'lasts')] : [];
  }

  /** Ends what is open of a cell that leaves, or is another one from now on. */
  leave(slot: number, outlook: CapacityOutlook): Finding[] {
    const f = this.memory.fields;
    const since = f.fullSince[slot]!;
    const isTold = since > 0 && f.otherOpen[slot] === 0;
    const crowd = isTold ? [crowdedFinding(outlook, 0, { ...this.course, phase: 'ends', since })] : [];
    f.fullSince[slot] = 0;
    // Nobody knows whether it would have come.
    f.saidShipped[slot] = 0;
    return f.forecastSince[slot]! > 0 ? [...crowd, this.end(slot, outlook, 'withdrawn')] : crowd;
  }

  private get course() {
    return { detector: this.detector, fullPct: this.profile.fullPct };
  }

  private begin(slot: number, outlook: CapacityOutlook): Finding[] {
    const f = this.memory.fields;
    const { full, at } = outlook;
    // A day that does not count brought nothing new.
    if (Number.isNaN(this.memory.levelOf(slot, f.today[slot]! - 2))) return [];
    const goesOn = f.fullSince[slot] === 0 && f.courseLag[slot]! >= -this.profile.mostLag;
    const isSaid = full !== null && goesOn && this.isOfUse(full, at);
    f.forecastFor[slot] = isSaid ? Math.min(255, f.forecastFor[slot]! + 1) : 0;
    if (!isSaid || f.forecastFor[slot]! < this.profile.confirmDays) return [];
    f.forecastSince[slot] = at;
    f.forecastAgainst[slot] = 0;
    f.saidShipped[slot] = this.record.shippedOf(full.probability);
    return [this.tell(slot, outlook, full, 'begins')];
  }

  /** Neither too near to act, nor too far or too uncertain to plan by. */
  private isOfUse({ expectedAt, earliestAt, latestAt, probability }: FullDate, at: number): boolean {
    const { inTime, nearestDays, furthestDays, widestDays } = this.profile;
    const left = (expectedAt - at) / DAY_MS;
    const isInTime = left >= inTime.fromDays && left <= inTime.toDays;
    if (probability < (isInTime ? inTime : this.profile).tellFrom || left < nearestDays) return false;
    return latestAt <= at + furthestDays * DAY_MS && latestAt - earliestAt <= widestDays * DAY_MS;
  }

  private isNews(slot: number, { expectedAt, probability }: FullDate): boolean {
    const f = this.memory.fields;
    const movedDays = Math.abs(expectedAt - f.toldExpected[slot]!) / DAY_MS;
    return movedDays >= NOTABLE.days || Math.abs(probability - f.toldProbability[slot]!) >= NOTABLE.probability;
  }

  private tell(slot: number, outlook: CapacityOutlook, full: FullDate, phase: Finding['phase']): Finding {
    const f = this.memory.fields;
    f.toldExpected[slot] = full.expectedAt;
    f.toldEarliest[slot] = full.earliestAt;
    f.toldLatest[slot] = full.latestAt;
    f.toldProbability[slot] = full.probability;
    return forecastFinding(outlook, full, { ...this.course, phase, since: f.forecastSince[slot]! });
  }

  private end(slot: number, outlook: CapacityOutlook, ending: PredictionEnd): Finding {
    const f = this.memory.fields;
    const full: FullDate = {
      ...{ expectedAt: f.toldExpected[slot]!, earliestAt: f.toldEarliest[slot]!, latestAt: f.toldLatest[slot]! },
      probability: f.toldProbability[slot]!,
    };
    if (f.saidShipped[slot]! > 0) this.record.note(f.saidShipped[slot]!, ending === 'came-true');
    const since = f.forecastSince[slot]!;
    f.forecastSince[slot] = f.forecastFor[slot] = f.forecastAgainst[slot] = 0;
    return { ...forecastFinding(outlook, full, { ...this.course, phase: 'ends', since }), ending };
  }
}
