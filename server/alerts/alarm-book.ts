// The equipment alarms that stand now, by key and by what they are about; those that are over are in the ledger.

import type { AlarmState, AlarmSubject } from '../model/alarm.ts';
import { isStanding } from './alarm-state.ts';

export class AlarmBook {
  private readonly byKey = new Map<string, AlarmState>();
  private readonly bySubject = new Map<string, Set<string>>();

  constructor(standing: readonly AlarmState[]) {
    for (const state of standing) this.put(state);
  }

  get(key: string): AlarmState | undefined {
    return this.byKey.get(key);
  }

  /** Those that stand on the subject. */
  on(subject: AlarmSubject): AlarmState[] {
    return [...(this.bySubject.get(nameOf(subject)) ?? [])].map((key) => this.byKey.get(key)!);
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
    const name = nameOf(state.subject);
    this.byKey.set(key, state);
    this.bySubject.set(name, (this.bySubject.get(name) ?? new Set()).add(key));
  }

  private remove(key: string): void {
    const known = this.byKey.get(key);
    if (!known) return;
    this.byKey.delete(key);
    const name = nameOf(known.subject);
    const keys = this.bySubject.get(name);
    keys?.delete(key);
    if (keys?.size === 0) this.bySubject.delete(name);
  }
}

/** A site and a cell may have one name. */
export function nameOf({ scope, id }: AlarmSubject): string {
  return `${scope} ${id}`;
}
