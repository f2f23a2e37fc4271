// What a person at the telephone can say and may promise, from what is known and from nothing else.

import type { Alert, PersonStar } from '../../../server/api/contract.ts';
import { isForetold } from '../../parts/alert-groups.ts';
import type { Words } from '../../text/en.ts';

type Known = Pick<PersonStar, 'now' | 'dimensions' | 'servedBy'>;

export interface Promises {
  may: string[];
  mayNot: string[];
}

/** Points of 100 below the middle of their tier from which the past days were plainly worse. */
const PLAINLY_BELOW = 8;
const TAKEN: ReadonlySet<string> = new Set(['acknowledged', 'assigned']);

/** Somebody has it: acknowledged and not come back since, or assigned. */
export function isTaken(alert: Alert): boolean {
  return alert.state === 'acknowledged' || alert.assignedTo !== undefined;
}

/** Its newest note, as the control room wrote it. */
export function newestNote(alert: Alert): { at: string; comment: string } | undefined {
  const noted = alert.history.findLast(
    ({ what, comment }) => (what === 'commented' || TAKEN.has(what)) && comment !== undefined && comment !== '',
  );
  return noted?.comment ? { at: noted.at, comment: noted.comment } : undefined;
}

/** The network treated this person plainly worse than others of the tier. */
export function wasWorse({ dimensions }: Pick<Known, 'dimensions'>): boolean {
  const network = dimensions.find(({ id }) => id === 'network');
  if (!network || network.score === null || network.usual === null) return false;
  return network.score <= network.usual - PLAINLY_BELOW;
}

/** Sentences to say to the person, in order; `timeOf` writes when an alert began. */
export function sayings(known: Known, timeOf: (alert: Alert) => string, words: Words): string[] {
  const w = words.stars.person;
  const [worst] = known.now;
  if (!worst && known.servedBy.length === 0) return [w.sayUnknown, w.sayAsk];
  if (!worst) return wasWorse(known) ? [w.sayPast, w.sayWell] : [w.sayWell, w.sayAsk];
  if (isForetold(worst)) return [w.sayForetold(worst.title), isTaken(worst) ? w.sayTaken : w.sayNotTaken];
  return [w.sayFault(worst.title, timeOf(worst)), isTaken(worst) ? w.sayTaken : w.sayNotTaken, w.sayEndUnknown];
}

export function promises({ now: [worst], servedBy }: Pick<Known, 'now' | 'servedBy'>, words: Words): Promises {
  const w = words.stars.person;
  const never = [w.notCredit, w.notTier];
  if (!worst) return { may: [w.mayNoted], mayNot: [servedBy.length === 0 ? w.notNetwork : w.notCalm, ...never] };
  const may = isTaken(worst) ? [w.mayKnown, w.mayTaken] : [w.mayKnown];
  return { may, mayNot: [w.notEnd, ...never] };
}
