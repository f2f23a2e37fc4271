// The contract of the store of people, under pseudonyms, and of what cells were like by hour: always DuckDB.

import type { RenamedRecord } from '../model/identity.ts';
import type { PeopleRecord } from '../model/journal.ts';
import type { Complaint, Exposure, Subscriber, Survey } from '../model/person.ts';

/** The name under which `append` keeps its journal number. */
export const PEOPLE_POSITION = 'position.people';

/** Named maximums; the oldest go first. */
export const MOST_COMPLAINTS = 2_000_000;
export const MOST_SURVEYS = 2_000_000;
export const MOST_AUDITS = 100_000;
/** Months of use that are kept of one person. */
export const MOST_MONTHS = 36;

/** One local day of all cells, as the room of experience packs it. */
export interface StoredExperienceDay {
  /** Local day `2026-03-17`. */
  day: string;
  cells: string[];
  /** 24 bytes a cell. */
  hours: Uint8Array;
  /** Of the newest days: what the hours were made of, packed. */
  slots?: Uint8Array;
}

/** Use of one month. */
export type MonthOfUse = Pick<Subscriber, 'month' | 'minutes' | 'dataGb' | 'calls' | 'droppedCalls'>;

export interface PeopleStore {
  /** Appends records in journal order, with their number in the same transaction; one already held changes nothing. */
  append(records: readonly PeopleRecord[]): Promise<void>;
  /**
   * Cells change names, in one transaction with the days of experience that hold the new ones and with both journal numbers:
   * that of `append`, and the one under `position`. A number that is held already changes nothing.
   */
  rename(record: RenamedRecord, days: readonly StoredExperienceDay[], position: string): Promise<void>;
  /** Newest journal number that is durable under a name: that of `append`, or the one given to `saveDays`; 0 at first. */
  position(name?: string): Promise<number>;

  /**
   * Newest of each person, fields merged over their deliveries; after the id `after`, at most `limit`, by id. Whoever an
   * exposure, a complaint or a survey names is a person too. `left: false` takes a leaving back.
   */
  subscribers(after: string, limit: number): Promise<Subscriber[]>;
  subscriber(id: string): Promise<Subscriber | undefined>;
  /** Use by month of one person, oldest first. */
  usage(id: string): Promise<MonthOfUse[]>;
  /** The same of everybody, by subscriber and month, in pages of the same persons as `subscribers`. */
  usages(after: string, limit: number): Promise<(MonthOfUse & { subscriber: string })[]>;
  /** Usual exposure of everybody, by subscriber, in pages of the same persons as `subscribers` (whole persons). */
  usualExposures(after: string, limit: number): Promise<Exposure[]>;
  /** Of one person: usual, and of the days from `fromDay` on. */
  exposures(id: string, fromDay: string): Promise<Exposure[]>;
  /** Newest first. */
  complaints(id: string): Promise<Complaint[]>;
  surveys(id: string): Promise<Survey[]>;
  /** Of everybody since a data time, in order of time. */
  complaintsSince(at: number): Promise<Complaint[]>;
  surveysSince(at: number): Promise<Survey[]>;

  /** Saves days of experience and, in the same transaction, the journal number they hold (under `position`). */
  saveDays(days: readonly StoredExperienceDay[], position: string, seq: number): Promise<void>;
  /** Oldest first. */
  days(fromDay: string): Promise<StoredExperienceDay[]>;
  /** Also what people used on those days. */
  forgetDays(before: string): Promise<void>;

  /** A person was looked up: who (role), whom (pseudonym), wall time. Kept, at most the newest 100,000. */
  audit(entry: { at: number; role: string; subscriber: string }): Promise<void>;
  /** Newest first. */
  audits(limit: number): Promise<{ at: number; role: string; subscriber: string }[]>;
}
