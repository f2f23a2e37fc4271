// What a dispatch list is made from; page, CSV and print show the same visits in the same order.

import type { Said } from '../model/finding.ts';
import type { RunningRecord } from '../model/prediction-record.ts';
import type { PeopleCount } from '../model/star.ts';
import type { Visit, VisitReason } from '../model/visit.ts';
import { type Lang, sayIn } from '../words/say.ts';
import { countOf } from './visits.ts';

export interface DispatchList {
  /** Local date of the network, `2026-03-17`. */
  day: string;
  /** Data time at which it holds, epoch milliseconds. */
  at: number;
  /** False: nobody is known, and cells stand for people. */
  isPeopled: boolean;
  /** Those of the day, and how many sites have a reason in all. */
  visits: readonly Visit[];
  ofAll: number;
  /** What else stands and calls for no visit, and the people on its cells; null while none are known. */
  others: { alerts: number; forPlanners: number; people: PeopleCount | null };
  siteName(siteId: string, lang: Lang): string;
  /** Undefined for what nobody foretold. */
  recordOf(reason: VisitReason): RunningRecord | undefined;
  /** IANA zone of the network. */
  zone: string;
}

export function tell(said: VisitReason['repair'], lang: Lang, { zone, at }: Pick<DispatchList, 'zone' | 'at'>): string {
  return typeof said === 'string' ? said : sayIn(lang, said, { zone, reader: at });
}

/** Why it stands where it stands, as a product of five. */
export function worth(
  reason: VisitReason,
  lang: Lang,
  { isPeopled, zone }: Pick<DispatchList, 'isPeopled' | 'zone'>,
): string {
  const { probability, loss, hours, mends, saved, cells } = reason;
  const values: Said['values'] = { probability, loss, hours, mends, saved, cells };
  if (isPeopled) values.people = countOf(reason.people);
  return sayIn(lang, { code: 'visit-worth', values }, { zone });
}

export function tellRecord(record: RunningRecord | undefined, lang: Lang, zone: string): string | undefined {
  if (!record) return undefined;
  const { settled, cameTrue, medianLeadMs } = record;
  const values: Said['values'] = { settled, cameTrue };
  if (medianLeadMs !== null) values.leadSeconds = medianLeadMs / 1000;
  return sayIn(lang, { code: 'record-running', values }, { zone });
}
