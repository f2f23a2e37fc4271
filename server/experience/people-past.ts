// What experience needs of a store of people; the store of people has more.

import type { RenamedRecord } from '../model/identity.ts';
import type { PeopleRecord } from '../model/journal.ts';
import type { Complaint, Exposure, Subscriber, Survey } from '../model/person.ts';
import type { StoredDay } from './cell-hours.ts';
import type { Population } from './population.ts';

/** Name of the journal number that the saved hours hold. */
export const HOURS_POSITION = 'position.experience';

/** People that are read in one go at the start. */
const PEOPLE_A_PAGE = 20_000;

type Month = Pick<Subscriber, 'subscriber' | 'month' | 'minutes' | 'dataGb' | 'calls' | 'droppedCalls'>;

export interface PeoplePast {
  append(records: readonly PeopleRecord[]): Promise<void>;
  position(name?: string): Promise<number>;
  subscribers(after: string, limit: number): Promise<Subscriber[]>;
  subscriber(id: string): Promise<Subscriber | undefined>;
  usages(after: string, limit: number): Promise<Month[]>;
  usualExposures(after: string, limit: number): Promise<Exposure[]>;
  exposures(id: string, fromDay: string): Promise<Exposure[]>;
  complaints(id: string): Promise<Complaint[]>;
  complaintsSince(at: number): Promise<Complaint[]>;
  surveysSince(at: number): Promise<Survey[]>;
  saveDays(days: readonly StoredDay[], position: string, seq: number): Promise<void>;
  rename(record: RenamedRecord, days: readonly StoredDay[], position: string): Promise<void>;
  days(fromDay: string): Promise<StoredDay[]>;
  forgetDays(before: string): Promise<void>;
}

/** Everybody that the store knows, page by page; what they said since a data time. */
export async function loadPeople(past: PeoplePast, population: Population, voicesSince: number): Promise<void> {
  for (let after = ''; ; ) {
    const people = await past.subscribers(after, PEOPLE_A_PAGE);
    for (const subscriber of people) population.putSubscriber(subscriber);
    for (const month of await past.usages(after, PEOPLE_A_PAGE)) population.putMonth(month);
    for (const exposure of await past.usualExposures(after, PEOPLE_A_PAGE)) population.putExposure(exposure);
    if (people.length < PEOPLE_A_PAGE) break;
    after = people.at(-1)!.subscriber;
  }
  for (const complaint of await past.complaintsSince(voicesSince)) population.putComplaint(complaint);
  for (const survey of await past.surveysSince(voicesSince)) population.putSurvey(survey);
}
