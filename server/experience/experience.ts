// The front door of experience: what people felt, cell by cell and hour by hour; star scores with reasons; impact of an alert.

import type { AlertRecord } from '../model/alert.ts';
import type { Said } from '../model/finding.ts';
import type { JournalRecord } from '../model/journal.ts';
import type { Complaint, Subscriber } from '../model/person.ts';
import type { Impact, PeopleCount, StarScore } from '../model/star.ts';

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

/** What is kept of an alert for its impact: the cells, whether it is a total loss, how bad. */
export type Hurting = Pick<AlertRecord, 'id' | 'kind' | 'severity' | 'cells' | 'recovered' | 'why' | 'title' | 'kpi'>;

export interface Experience {
  /** Rises with whatever may change an answer. */
  readonly version: number;
  /** Takes the next records of the journal, in order; resolves once those about people are durable. */
  take(records: readonly JournalRecord[]): Promise<void>;
  /** Saves the hours of cells; resolves with the journal number that is durable. */
  checkpoint(): Promise<number>;
  /** People that are known. */
  readonly people: number;
  /** Undefined when nobody has this pseudonym. */
  star(subscriber: string): Promise<PersonAnswer | undefined>;
  /** Undefined while no people are known, or for alerts about no cells. */
  impactOf(alert: Hurting): Impact | undefined;
  /** People who are usually served by these cells, each cell counted by the given part of its use. */
  peopleOn(cells: readonly { cell: string; part: number }[]): { people: PeopleCount; starsAtRisk: number } | undefined;
  /** Complaints with a place, since a data time, that lie where `isIn` says. */
  complaintsAt(isIn: (lat: number, lon: number) => boolean, since: number): number;
}
