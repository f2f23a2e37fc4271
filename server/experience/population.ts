// Everybody who is known, by number, in typed columns: tier, plan, bill, months of use, usual exposures, complaints, surveys.

import { grown } from '../maths/grown.ts';
import type { Complaint, Exposure, Subscriber, Survey } from '../model/person.ts';
import { Exposures } from './exposure.ts';
import { MonthsOfUse, type UseOfMonth } from './months-of-use.ts';
import { type MergedNumber, NameTable } from './name-table.ts';
import type { StarProfile } from './profile.ts';
import { tierBy } from './tier-profiles.ts';
import { Voices } from './voices.ts';

/** More people than this are not held in memory. */
export const MOST_PEOPLE = 5_000_000;
export const MOST_EXPOSED_CELLS = 1_000_000;
/** Distinct tiers, and plans; others stand as none. */
const MOST_TIERS = 1_000;
const MOST_PLANS = 60_000;

/** A cell that a person usually uses. */
export interface UsualCell {
  /** Number of the cell, see `cells`. */
  cell: number;
  /** Of the person's use, 0…1; all of them sum up to 1. */
  share: number;
  /** Local hour 0…23, or −1: all day. */
  hour: number;
}

export class Population {
  /** Rises with whatever is learned of anybody. */
  version = 0;
  /** Rises with what the operator says of people: plans, bills, use; not with exposures, complaints and surveys. */
  statedVersion = 0;
  /** Newest complaint or survey, data time; 0 before the first. */
  newestVoiceAt = 0;
  /** Cells that anybody uses, by number. */
  readonly cells = new NameTable(MOST_EXPOSED_CELLS);
  readonly complaints = new Voices<Complaint>();
  readonly surveys = new Voices<Survey>();
  private readonly ids = new NameTable(MOST_PEOPLE);
  private readonly tiers = new NameTable(MOST_TIERS);
  private readonly plans = new NameTable(MOST_PLANS);
  private readonly exposures = new Exposures();
  private readonly months = new MonthsOfUse();
  /** One more than the number of the name; 0 for none. */
  private tier = new Uint16Array(0);
  private plan = new Uint16Array(0);
  private price = new Float32Array(0);
  private spend = new Float32Array(0);
  private tenure = new Float32Array(0);
  private activated = new Float64Array(0);
  private gone = new Uint8Array(0);

  get size(): number {
    return this.ids.size;
  }

  idOf(person: number): string {
    return this.ids.names[person]!;
  }

  indexOf(id: string): number | undefined {
    return this.ids.find(id);
  }

  /** @param tierProfile for those of whom the operator names none */
  constructor(private readonly tierProfile: StarProfile['tiers'] = null) {}

  /** As the operator names it; where it names none, by the profile of tiers, if there is one. */
  tierOf(person: number): string | null {
    const named = this.tiers.names[this.tier[person]! - 1];
    if (named !== undefined) return named;
    return this.tierProfile && tierBy(this.tierProfile, this.spend[person]!, this.tenure[person]!);
  }

  planOf(person: number): string | null {
    return this.plans.names[this.plan[person]! - 1] ?? null;
  }

  /** Number of the plan, −1 for none. */
  planNumberOf(person: number): number {
    return this.plan[person]! - 1;
  }

  /** Of the plan, a month; NaN where not told. */
  priceOf(person: number): number {
    return this.price[person]!;
  }

  spendOf(person: number): number {
    return this.spend[person]!;
  }

  tenureOf(person: number): number {
    return this.tenure[person]!;
  }

  /** Epoch milliseconds; what was before is another person's. −∞ where not told. */
  activatedAt(person: number): number {
    return this.activated[person]!;
  }

  hasLeft(person: number): boolean {
    return this.gone[person] === 1;
  }

  /** Oldest first. */
  monthsOf(person: number): UseOfMonth[] {
    return this.months.of(person);
  }

  /** Cells have other names, and some numbers are one cell now. */
  renamed(merged: readonly MergedNumber[]): void {
    this.version++;
    if (merged.length > 0) this.exposures.merge(merged);
  }

  /** Cells left the network, or came back. */
  networkChanged(): void {
    this.version++;
  }

  /** Usual exposures of one person, by all services together. */
  exposuresOf(person: number): UsualCell[] {
    const { start, cell, share, hour } = this.exposures.byPerson(this.size);
    const found: UsualCell[] = [];
    for (let i = start[person]!; i < start[person + 1]!; i++)
      found.push({ cell: cell[i]!, share: share[i]!, hour: hour[i]! });
    return found;
  }

  /** The same of everybody, for sums over all: columns sorted by person. */
  allExposures() {
    return this.exposures.byPerson(this.size);
  }

  /** Everybody who usually uses a cell and has not left, with its share of that person's use, 0…1. */
  eachOn(cell: string, visit: (person: number, share: number) => void): void {
    const number = this.cells.find(cell);
    if (number === undefined) return;
    const { start, person, share } = this.exposures.byCell(this.size, this.cells.size);
    for (let i = start[number]!; i < start[number + 1]!; i++)
      if (!this.hasLeft(person[i]!)) visit(person[i]!, share[i]!);
  }

  /** The same as a list. */
  peopleOn(cell: string): { person: number; share: number }[] {
    const found: { person: number; share: number }[] = [];
    this.eachOn(cell, (person, share) => found.push({ person, share }));
    return found;
  }

  /** What the operator says of a person; fields that are absent stay as they are. False when there is no room for more people. */
  putSubscriber(news: Subscriber): boolean {
    const person = this.personFor(news.subscriber);
    if (person === undefined) return false;
    this.statedVersion++;
    const { activatedAt } = news;
    if (activatedAt !== undefined && activatedAt > this.activated[person]! && Number.isFinite(this.activated[person]!))
      this.forgetFormer(person);
    if (activatedAt !== undefined) this.activated[person] = activatedAt;
    if (news.tier !== undefined) this.tier[person] = 1 + (this.tiers.number(news.tier) ?? -1);
    if (news.plan !== undefined) this.plan[person] = 1 + (this.plans.number(news.plan) ?? -1);
    if (news.price !== undefined) this.price[person] = news.price;
    if (news.monthlySpend !== undefined) this.spend[person] = news.monthlySpend;
    if (news.tenureMonths !== undefined) this.tenure[person] = news.tenureMonths;
    if (news.left !== undefined) this.gone[person] = news.left ? 1 : 0;
    this.months.put(person, news);
    return true;
  }

  /** Use of a month. */
  putMonth(news: Parameters<MonthsOfUse['put']>[1] & { subscriber: string }): void {
    const person = this.personFor(news.subscriber);
    if (person === undefined) return;
    this.statedVersion++;
    this.months.put(person, news);
  }

  /** A usual exposure; those of single days stay in the store. False when there is no room. */
  putExposure(exposure: Exposure): boolean {
    const person = this.personFor(exposure.subscriber);
    if (person === undefined) return false;
    if (exposure.day !== undefined) return true;
    const cell = this.cells.number(exposure.cell);
    return cell !== undefined && this.exposures.put(person, cell, exposure);
  }

  putComplaint(complaint: Complaint): void {
    const person = this.personFor(complaint.subscriber);
    if (person === undefined) return;
    this.newestVoiceAt = Math.max(this.newestVoiceAt, complaint.at);
    this.complaints.put(person, complaint, complaint.category ?? '');
  }

  putSurvey(survey: Survey): void {
    const person = this.personFor(survey.subscriber);
    if (person === undefined) return;
    this.newestVoiceAt = Math.max(this.newestVoiceAt, survey.at);
    this.surveys.put(person, survey, survey.scale);
  }

  private forgetFormer(person: number): void {
    this.tier[person] = 0;
    this.plan[person] = 0;
    this.gone[person] = 0;
    for (const column of [this.price, this.spend, this.tenure]) column[person] = Number.NaN;
    this.months.clear(person);
  }

  private personFor(id: string): number | undefined {
    this.version++;
    const before = this.ids.size;
    const person = this.ids.number(id);
    if (this.ids.size > before) this.makeRoom();
    return person;
  }

  private makeRoom(): void {
    const { size } = this;
    this.tier = grown(this.tier, size);
    this.plan = grown(this.plan, size);
    this.price = grown(this.price, size, Number.NaN);
    this.spend = grown(this.spend, size, Number.NaN);
    this.tenure = grown(this.tenure, size, Number.NaN);
    this.activated = grown(this.activated, size, Number.NEGATIVE_INFINITY);
    this.gone = grown(this.gone, size);
  }
}
