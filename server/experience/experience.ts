// The front door of experience: what people felt, cell by cell and hour by hour; star scores with reasons; impact of an alert.

import { DAY_MS, dayName, type LocalTime, localTime } from '../maths/local-time.ts';
import type { AlertRecord } from '../model/alert.ts';
import { type RenamedRecord, renamedOf } from '../model/identity.ts';
import type { InventoryRecord, JournalRecord, PeopleRecord } from '../model/journal.ts';
import type { Reading } from '../model/reading.ts';
import { DIMENSIONS, type Dimension, type Impact, type PeopleCount } from '../model/star.ts';
import { CellHours, localDayMs } from './cell-hours.ts';
import { isWaiting } from './dimensions/complaint-handling.ts';
import { Everybody } from './everybody.ts';
import { ImpactBook } from './impact-book.ts';
import { newestOf } from './newest-hour.ts';
import { OnePerson, type PersonAnswer } from './one-person.ts';
import { Overview, type Scoring, type Standing } from './overview.ts';
import type { StoreHolds } from './owed-hours.ts';
import { HOURS_POSITION, loadPeople, type PeoplePast } from './people-past.ts';
import { Population } from './population.ts';
import { priorityOf } from './priority.ts';
import { STAR_PROFILE, type StarProfile } from './profile.ts';
import { Standings } from './standings.ts';
import { middle, Stated } from './stated.ts';
import { ReadingTaker } from './take-readings.ts';
import { UsualHours } from './usual-hours.ts';

export type { PersonAnswer } from './one-person.ts';

/** What is kept of an alert for its impact: the cells, whether it is a total loss, how bad. */
export type Hurting = Pick<AlertRecord, 'id' | 'kind' | 'severity' | 'cells' | 'recovered' | 'why' | 'title' | 'kpi'>;

export interface Experience {
  /** Rises with whatever may change an answer. */
  readonly version: number;
  /** Takes the next records of the journal, in order; resolves once those about people are durable. */
  take(records: readonly JournalRecord[]): Promise<void>;
  /** Saves the hours of cells; resolves with the journal number that is durable. */
  checkpoint(): Promise<number>;
  /** Number of the newest record that was durable at the start; the next ones have to be taken again. */
  readonly position: number;
  /** People that are known. */
  readonly people: number;
  /** Undefined when nobody has this pseudonym. */
  star(subscriber: string): Promise<PersonAnswer | undefined>;
  /** Sums over everybody. */
  readonly overview: Overview;
  /** Undefined while no people are known, or for alerts about no cells. */
  impactOf(alert: Hurting): Impact | undefined;
  /** People who are usually served by these cells, each cell counted by the given part of its use. */
  peopleOn(cells: readonly { cell: string; part: number }[]): { people: PeopleCount; starsAtRisk: number } | undefined;
  /** Complaints with a place, since a data time, that lie where `isIn` says. */
  complaintsAt(isIn: (lat: number, lon: number) => boolean, since: number): number;
}

export interface ExperienceOptions {
  past: PeoplePast;
  /** Merged readings of one cell, `from < at <= to`. */
  readings(cell: string, from: number, to: number): Promise<Reading[]>;
  /** Whether `readings` holds everything up to a record of the journal, waiting at most so long for it. */
  holds: StoreHolds;
  /** Resolves when what was accepted so far is taken, or soon. */
  caughtUp(): Promise<unknown>;
  /** Whether the cell was in the network and left: it is nobody's other cover. */
  hasLeft?(cell: string): boolean;
  /** IANA name: local days and hours. */
  zone: string;
  profile?: StarProfile;
  /** Wall time, epoch milliseconds: stands in while nothing with a time has come. */
  now(): number;
  log(line: string): void;
}

/** What people said before this long ago no longer counts in any score. */
const VOICES_MS = 800 * DAY_MS;
const MOST_DAYS_AGO = 60;

export async function openExperience(options: ExperienceOptions): Promise<Experience> {
  const room = new ExperienceRoom(options);
  await room.restore();
  return room;
}

class ExperienceRoom implements Experience, Scoring {
  position = 0;
  readonly overview: Overview;
  private readonly profile: StarProfile;
  private readonly time: LocalTime;
  private readonly population: Population;
  private readonly hours: CellHours;
  private readonly usualHours: UsualHours;
  private readonly stated: Stated;
  private readonly standings: Standings;
  private readonly everybody: Everybody;
  private readonly impacts: ImpactBook;
  private readonly readings: ReadingTaker;
  private takenSeq = 0;
  private savedSeq = 0;
  private peopleSeq = 0;
  private turn: Promise<unknown> = Promise.resolve();
  /** Number of the newest change of names that is in memory. */
  private renamedSeq = 0;
  /** The newest whole standing that was worked out. */
  private latest: Standing | undefined;
  private middles: { of: Standing; byTier: Map<string, Record<Dimension, number | null>> } | undefined;

  constructor(private readonly options: ExperienceOptions) {
    const profile = options.profile ?? STAR_PROFILE;
    this.profile = profile;
    this.time = localTime(options.zone);
    this.population = new Population(profile.tiers);
    this.hours = new CellHours(this.population.cells, this.time, profile.daysKept);
    this.usualHours = new UsualHours(this.hours, this.time);
    this.stated = new Stated(this.population, profile);
    this.standings = new Standings(this.population, this.hours, this.stated, this.time, profile);
    const networkWeightOf = (person: number) => this.networkWeightOf(person);
    const hasLeft = (cell: string) => options.hasLeft?.(cell) ?? false;
    this.everybody = new Everybody(this.population, {
      ...{ networkWeightOf, hasLeft, localHour: () => this.usualHours.localHour() },
    });
    this.impacts = new ImpactBook(this.everybody, this.usualHours, () => this.usualHours.hourNumber());
    this.readings = new ReadingTaker(this.hours, this.time, profile, options.readings, options.holds, options.log);
    this.overview = new Overview(this.everybody, this);
  }

  async restore(): Promise<void> {
    const { past } = this.options;
    const days = await past.days('');
    const newest = newestOf(days.at(-1), this.time);
    this.hours.restore(days, newest);
    await loadPeople(past, this.population, newest - VOICES_MS);
    this.peopleSeq = await past.position();
    this.savedSeq = await past.position(HOURS_POSITION);
    // What is about people is durable as it is taken, so hours are never ahead of it.
    this.position = this.savedSeq;
    this.takenSeq = this.savedSeq;
  }

  get version(): number {
    return this.population.version + this.hours.version;
  }

  get people(): number {
    return this.population.size;
  }

  async take(records: readonly JournalRecord[]): Promise<void> {
    for (const record of records) {
      if (record.kind === 'people') await this.takePeople(record);
      else if (record.kind === 'readings' && record.seq > this.savedSeq)
        await this.readings.take(record.batch, record.seq);
      else if (record.kind === 'inventory') await this.takeInventory(record);
      this.takenSeq = Math.max(this.takenSeq, record.seq);
    }
  }

  private async takeInventory(record: InventoryRecord): Promise<void> {
    if (record.retired.length > 0) this.population.networkChanged();
    const renamed = renamedOf(record);
    if (renamed && record.seq > this.savedSeq) await this.inTurn(() => this.takeNames(renamed));
  }

  /**
   * People and hours change names together, in memory and in the store: were only one of them durable, two cells that
   * exchanged names would be exchanged twice by a replay.
   */
  private async takeNames(renamed: RenamedRecord): Promise<void> {
    if (this.renamedSeq < renamed.seq) {
      const merged = this.population.cells.rename(new Map(renamed.names));
      this.population.renamed(merged);
      this.readings.renamed(merged);
      this.hours.renamed(merged);
      this.renamedSeq = renamed.seq;
    }
    const days = await this.hours.changed();
    try {
      await this.options.past.rename(renamed, days, HOURS_POSITION);
    } catch (error) {
      this.hours.markChanged(days);
      throw error;
    }
    this.peopleSeq = renamed.seq;
    this.savedSeq = renamed.seq;
  }

  /** Durable first, then known; what the store held at the start is known already. */
  private async takePeople(record: PeopleRecord): Promise<void> {
    if (record.seq <= this.peopleSeq) return;
    await this.options.past.append([record]);
    const { subscribers, exposures, complaints, surveys } = record.people;
    const taken = [
      ...subscribers.map((one) => this.population.putSubscriber(one)),
      ...exposures.map((one) => this.population.putExposure(one)),
    ];
    for (const complaint of complaints) this.population.putComplaint(complaint);
    for (const survey of surveys) this.population.putSurvey(survey);
    this.peopleSeq = record.seq;
    const lost = taken.filter((isTaken) => !isTaken).length;
    if (lost > 0)
      this.options.log(`experience: ${lost} rows are stored, but there is no room for more people or cells`);
  }

  checkpoint(): Promise<number> {
    return this.inTurn(() => this.saveHours());
  }

  /** Hours are saved under one set of names at a time. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async saveHours(): Promise<number> {
    if (this.takenSeq <= this.savedSeq || this.readings.isOwing) return this.savedSeq;
    const seq = this.takenSeq;
    const days = await this.hours.changed();
    try {
      await this.options.past.saveDays(days, HOURS_POSITION, seq);
    } catch (error) {
      this.hours.markChanged(days);
      throw error;
    }
    this.savedSeq = seq;
    if (this.hours.newestAt > 0) await this.options.past.forgetDays(dayName(this.hours.firstDay));
    return seq;
  }

  /** Data time of the newest reading or word of anybody; wall time while there is none. */
  private get at(): number {
    return Math.max(this.hours.newestAt, this.population.newestVoiceAt) || this.options.now();
  }

  /** The newest local day that was measured: a complaint of tomorrow must not move the network to a day without hours. */
  private get today(): number {
    return this.time.day((this.hours.newestAt || this.at) - 1);
  }

  async star(subscriber: string): Promise<PersonAnswer | undefined> {
    await this.options.caughtUp();
    const index = this.population.indexOf(subscriber);
    if (index === undefined) return undefined;
    const { past } = this.options;
    const firstDay = dayName(this.today - this.profile.daysKept);
    const [person, exposures, complaints] = await Promise.all([
      past.subscriber(subscriber),
      past.exposures(subscriber, firstDay),
      past.complaints(subscriber),
    ]);
    const known = { person: person ?? { subscriber }, exposures, complaints };
    return new OnePerson(index, known, this.at, {
      ...{ population: this.population, hours: this.hours, usualHours: this.usualHours, stated: this.stated },
      ...{ time: this.time, profile: this.profile, readings: this.options.readings },
      usualOf: (tier) => this.usualOf(tier),
    }).answer();
  }

  impactOf(alert: Hurting): Impact | undefined {
    return this.impacts.of(alert);
  }

  peopleOn(cells: readonly { cell: string; part: number }[]) {
    return this.impacts.peopleOn(cells);
  }

  complaintsAt(isIn: (lat: number, lon: number) => boolean, since: number): number {
    let count = 0;
    for (const { lat, lon, at } of this.population.complaints.all()) {
      if (at >= since && lat !== undefined && lon !== undefined && isIn(lat, lon)) count++;
    }
    return count;
  }

  usual(cell: string): number | null {
    return this.usualHours.usual(cell);
  }

  present(cell: string): number | null {
    return this.usualHours.present(cell);
  }

  priorityOf(person: number): number {
    const scores = (id: Dimension) => {
      const score = this.latest?.dimensions[id][person];
      return score === undefined || Number.isNaN(score) ? null : score;
    };
    const openComplaints = this.population.complaints.of(person).filter((one) => isWaiting(one, this.at)).length;
    const [network, service, satisfaction] = [scores('network'), scores('service'), scores('satisfaction')];
    return priorityOf({ network, service, satisfaction, openComplaints });
  }

  async totals(daysAgo: number) {
    const asked = await this.dayAgo(daysAgo);
    return asked && this.standings.totalsOf(asked.day, asked.at);
  }

  async standing(daysAgo: number): Promise<Standing | undefined> {
    const asked = await this.dayAgo(daysAgo);
    if (!asked) return undefined;
    const standing = await this.standings.standingOf(asked.day, asked.at);
    if (daysAgo === 0) this.latest = standing;
    return standing;
  }

  /** Undefined where no hours reach back so far, or nobody is known. */
  private async dayAgo(daysAgo: number): Promise<{ day: number; at: number } | undefined> {
    if (daysAgo === 0) await this.options.caughtUp();
    if (this.people === 0 || daysAgo > MOST_DAYS_AGO) return undefined;
    const day = this.today - daysAgo;
    if (daysAgo === 0) return { day, at: this.at };
    return this.hours.bytes(day) && { day, at: this.time.moment(localDayMs(day + 1)) };
  }

  private networkWeightOf(person: number): number {
    const weight = this.latest?.weights.network[person];
    if (weight !== undefined && weight > 0) return weight;
    const all = DIMENSIONS.reduce((sum, id) => sum + this.profile.weights[id], 0);
    return this.profile.weights.network / all;
  }

  private async usualOf(tier: string | null): Promise<Record<Dimension, number | null>> {
    const standing = await this.standing(0);
    if (!standing) return Object.fromEntries(DIMENSIONS.map((id) => [id, null])) as Record<Dimension, null>;
    if (this.middles?.of !== standing) this.middles = { of: standing, byTier: new Map() };
    const key = tier ?? '';
    let middles = this.middles.byTier.get(key);
    if (!middles) {
      middles = this.middlesOf(standing, tier);
      this.middles.byTier.set(key, middles);
    }
    return middles;
  }

  private middlesOf({ dimensions }: Standing, tier: string | null): Record<Dimension, number | null> {
    const mates = Array.from({ length: this.people }, (_, person) => person).filter(
      (person) => this.population.tierOf(person) === tier && !this.population.hasLeft(person),
    );
    const middleOf = (id: Dimension) => {
      const found = middle(mates.map((person) => dimensions[id][person]!).filter((score) => !Number.isNaN(score)));
      return Number.isNaN(found) ? null : found;
    };
    return Object.fromEntries(DIMENSIONS.map((id) => [id, middleOf(id)])) as Record<Dimension, number | null>;
  }
}
