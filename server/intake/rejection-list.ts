// The rejections of one delivery: counted without end, kept up to a bound.

import type { Rejection } from '../model/rejection.ts';

/** Rejections kept of one delivery; beyond it they are only counted. */
const MOST_KEPT_REJECTIONS = 1000;
/** What a receipt shows of them. */
export const MOST_SHOWN_REJECTIONS = 100;

export class RejectionList {
  readonly kept: Rejection[] = [];
  total = 0;
  private readonly counted = new Map<string, Rejection>();

  add(rejection: Rejection): void {
    this.total += rejection.count ?? 1;
    if (this.kept.length < MOST_KEPT_REJECTIONS) this.kept.push(rejection);
  }

  /** The same thing again only raises the count of its first mention. */
  count(rejection: Rejection, key: string): void {
    const known = this.counted.get(key);
    this.total++;
    if (known) {
      known.count = (known.count ?? 1) + 1;
      return;
    }
    const first = { ...rejection, count: 1 };
    this.counted.set(key, first);
    if (this.kept.length < MOST_KEPT_REJECTIONS) this.kept.push(first);
  }
}
