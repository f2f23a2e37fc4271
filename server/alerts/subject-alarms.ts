// The alarms that stand on one cell or site, kept in two orders at once, so that no message looks at all of them.

import type { AlarmState } from '../model/alarm.ts';
import { SEVERITIES } from '../model/health.ts';
import { severityOf } from './alarm-state.ts';

type Order = (a: AlarmState, b: AlarmState) => number;

const byAge: Order = (a, b) => a.raisedAt - b.raisedAt || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
const rank = (state: AlarmState) => SEVERITIES.indexOf(severityOf(state));
/** The worst first, of those the one that stands longest. */
const byRank: Order = (a, b) => rank(a) - rank(b) || byAge(a, b);

export class SubjectAlarms {
  private readonly ranked: AlarmState[] = [];
  private readonly aged: AlarmState[] = [];
  /** Alarms that stand too, but are in the ledger alone. */
  elsewhere = 0;

  get size(): number {
    return this.aged.length;
  }

  /** All that stand, wherever they are kept. */
  get count(): number {
    return this.aged.length + this.elsewhere;
  }

  /** What leads: the worst, then the one that stands longest. */
  get lead(): AlarmState | undefined {
    return this.ranked[0];
  }

  /** Data time from which the oldest stands, epoch milliseconds. */
  get since(): number {
    return this.aged[0]?.raisedAt ?? Number.POSITIVE_INFINITY;
  }

  worst(most: number): readonly AlarmState[] {
    return this.ranked.slice(0, most);
  }

  add(state: AlarmState): void {
    this.ranked.splice(placeOf(this.ranked, state, byRank), 0, state);
    this.aged.splice(placeOf(this.aged, state, byAge), 0, state);
  }

  remove(state: AlarmState): void {
    this.ranked.splice(placeOf(this.ranked, state, byRank), 1);
    this.aged.splice(placeOf(this.aged, state, byAge), 1);
  }

  /** The oldest that does not lead: what the alert is called by stays at hand. */
  oldest(): AlarmState | undefined {
    return this.aged[0] === this.lead ? this.aged[1] : this.aged[0];
  }
}

/** Where the state stands, or would. */
function placeOf(sorted: readonly AlarmState[], state: AlarmState, order: Order): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(sorted[middle]!, state) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
