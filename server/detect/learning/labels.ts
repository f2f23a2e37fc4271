// What people and the record know better than the readings: whether the fault of an example came.

import type { Example } from '../../model/learning.ts';
import type { FaultMode } from '../../model/prediction.ts';
import type { Outcome, SettledPrediction } from '../../model/prediction-record.ts';

/** What people said was the cause of trouble; times in epoch milliseconds, data time. */
export interface ToldCause {
  at: number;
  /** Cells and sites. */
  subjects: readonly string[];
  /** Null: nothing was found. */
  mode: FaultMode | null;
  /** What was foretold, where it is said of a warning. */
  foretold?: FaultMode;
}

/** A cause is often said of the trouble itself, some time after its signs. */
const AFTER_MS = 24 * 3_600_000;

/** What each outcome says of a case; one that was taken back says nothing. */
const CAME: Readonly<Record<Outcome, boolean | undefined>> = {
  ...{ hit: true, late: true, confirmed: true },
  ...{ false: false, 'nothing-found': false, withdrawn: undefined },
};

/** The newest word counts, and a person's more than the record's. In the order in which the cases ended. */
export function labelled(
  examples: readonly Example[],
  settled: readonly (SettledPrediction & { subject: string })[],
  causes: readonly ToldCause[],
): Example[] {
  const bySubject = new Map<string, (SettledPrediction & { subject: string })[]>();
  for (const one of settled) bySubject.set(one.subject, [...(bySubject.get(one.subject) ?? []), one]);
  const toldOf = new Map<string, ToldCause[]>();
  for (const one of causes)
    for (const subject of one.subjects) toldOf.set(subject, [...(toldOf.get(subject) ?? []), one]);
  return examples
    .map((example) => {
      const byRecord = recorded(example, bySubject.get(example.subject) ?? []);
      const byPeople = found(example, toldOf.get(example.subject) ?? []);
      const came = byPeople ?? byRecord ?? example.came;
      return came === example.came ? example : { ...example, came, leadHours: came ? example.leadHours : null };
    })
    .sort((a, b) => a.endedAt - b.endedAt);
}

function recorded({ mode, since, endedAt }: Example, settled: readonly SettledPrediction[]): boolean | undefined {
  const own = settled.filter((one) => one.mode === mode && one.saidAt >= since && one.saidAt <= endedAt);
  return own.map(({ outcome }) => CAME[outcome]).findLast((came) => came !== undefined);
}

/** Another cause than that which the signs meant: their fault did not come. Nothing where a warning meant other signs says nothing. */
function found({ mode, since, endedAt }: Example, causes: readonly ToldCause[]): boolean | undefined {
  const own = causes.filter(
    ({ at, ...told }) =>
      at >= since && at <= endedAt + AFTER_MS && (told.mode !== null || (told.foretold ?? mode) === mode),
  );
  return own.map((one) => one.mode === mode).at(-1);
}
