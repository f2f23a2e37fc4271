// The equipment alarms that stand now, by key and by what they are about; those that are over, and the oldest of too many, are in the ledger.

import type { AlarmState, AlarmSubject, StandingAlarms } from '../model/alarm.ts';
import { isStanding } from './alarm-state.ts';
import { SubjectAlarms } from './subject-alarms.ts';

export interface AlarmLimits {
  /** Standing alarms in memory; the oldest of more are in the ledger alone. */
  maximumAlarms: number;
  /** The same of one cell or site. */
  maximumAlarmsEach: number;
}

/** Alarms beyond the maximum before the oldest are looked for: that looks at all of them. */
const SLACK_SHARE = 0.02;
const NONE = new SubjectAlarms();

export class AlarmBook {
  private readonly byKey = new Map<string, AlarmState>();
  private readonly bySubject = new Map<string, SubjectAlarms>();

  constructor(
    { alarms, elsewhere }: StandingAlarms,
    private readonly limits: AlarmLimits,
  ) {
    for (const state of alarms) this.put(state);
    for (const { subject, count } of elsewhere) this.about(nameOf(subject)).elsewhere = count;
  }

  get(key: string): AlarmState | undefined {
    return this.byKey.get(key);
  }

  /** Those that stand on the subject. */
  on(subject: Pick<AlarmSubject, 'scope' | 'id'>): SubjectAlarms {
    return this.bySubject.get(nameOf(subject)) ?? NONE;
  }

  all(): IterableIterator<AlarmState> {
    return this.byKey.values();
  }

  put(state: AlarmState): void {
    this.replace(state.key, state);
  }

  /** Undefined, or a state that is over: it stands no more. */
  replace(key: string, state: AlarmState | undefined): void {
    this.remove(key);
    if (!state || !isStanding(state)) return;
    this.byKey.set(key, state);
    this.about(nameOf(state.subject)).add(state);
  }

  /** Alarms as the ledger has them: those that stand were in it alone. */
  admit(states: readonly AlarmState[]): void {
    for (const state of states) {
      if (!isStanding(state) || this.byKey.has(state.key)) continue;
      const known = this.about(nameOf(state.subject));
      known.elsewhere = Math.max(0, known.elsewhere - 1);
      this.put(state);
    }
  }

  /** Leaves to the ledger, where all are saved, the oldest of those beyond the bounds; returns how many. */
  trim(touched: Iterable<AlarmSubject>): number {
    const before = this.byKey.size;
    for (const subject of touched) {
      const own = this.on(subject);
      while (own.size > this.limits.maximumAlarmsEach) this.leave(own.oldest()!);
    }
    if (this.byKey.size > this.limits.maximumAlarms * (1 + SLACK_SHARE)) {
      const inOrder = [...this.byKey.values()].sort((a, b) => a.raisedAt - b.raisedAt || (a.key < b.key ? -1 : 1));
      for (const state of inOrder.slice(0, this.byKey.size - this.limits.maximumAlarms)) this.leave(state);
    }
    return before - this.byKey.size;
  }

  /** What is in the ledger alone goes by the new names of cells, too. */
  rename(names: ReadonlyMap<string, string>): void {
    const moved: { name: string; count: number }[] = [];
    for (const [from, to] of names) {
      const own = this.bySubject.get(nameOf({ scope: 'cell', id: from }));
      if (!own || own.elsewhere === 0) continue;
      moved.push({ name: nameOf({ scope: 'cell', id: to }), count: own.elsewhere });
      own.elsewhere = 0;
      if (own.size === 0) this.bySubject.delete(nameOf({ scope: 'cell', id: from }));
    }
    for (const { name, count } of moved) this.about(name).elsewhere += count;
  }

  private leave(state: AlarmState): void {
    // First, so that its subject is not forgotten.
    this.about(nameOf(state.subject)).elsewhere++;
    this.remove(state.key);
  }

  private about(name: string): SubjectAlarms {
    const known = this.bySubject.get(name) ?? new SubjectAlarms();
    this.bySubject.set(name, known);
    return known;
  }

  private remove(key: string): void {
    const known = this.byKey.get(key);
    if (!known) return;
    this.byKey.delete(key);
    const name = nameOf(known.subject);
    const own = this.bySubject.get(name);
    own?.remove(known);
    if (own?.count === 0) this.bySubject.delete(name);
  }
}

/** A site and a cell may have one name. */
export function nameOf({ scope, id }: Pick<AlarmSubject, 'scope' | 'id'>): string {
  return `${scope} ${id}`;
}
