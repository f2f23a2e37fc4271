// The rejections of one delivery: kept one by one up to a bound; beyond it one stands for all of its reason.

import type { Rejection } from '../model/rejection.ts';

/** Rejections kept of one delivery one by one. */
const MOST_KEPT_REJECTIONS = 1000;
/** What a receipt shows of them. */
export const MOST_SHOWN_REJECTIONS = 100;

export class RejectionList {
  /** Their counts add up to `total`. */
  readonly kept: Rejection[] = [];
  total = 0;
  private readonly counted = new Map<string, Rejection>();

  add(rejection: Rejection): void {
    if (this.isFull) {
      this.countUnder(beyond(rejection), rejection);
      return;
    }
    this.total += rejection.count ?? 1;
    this.kept.push(rejection);
  }

  /** The same thing again only raises the count of its first mention. */
  count(rejection: Rejection, key: string): void {
    this.countUnder(this.isFull && !this.counted.has(key) ? beyond(rejection) : key, rejection);
  }

  private get isFull(): boolean {
    return this.kept.length >= MOST_KEPT_REJECTIONS;
  }

  private countUnder(key: string, rejection: Rejection): void {
    const more = rejection.count ?? 1;
    this.total += more;
    const known = this.counted.get(key);
    if (known) {
      known.count = (known.count ?? 1) + more;
      return;
    }
    const first = { ...rejection, count: more };
    this.counted.set(key, first);
    this.kept.push(first);
  }
}

const beyond = ({ reason }: Rejection) => `beyond the bound: ${reason}`;
