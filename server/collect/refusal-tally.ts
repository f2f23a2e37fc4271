// Counts refusals that are equal but for their place, so that one sentence stands for all of them.

import type { Rejection } from '../model/rejection.ts';

/** Kinds that are told apart in one delivery; further ones are refused one by one, where they stand. */
const MOST_KINDS = 500;

export class RefusalTally {
  private readonly kinds = new Map<string, Rejection & { count: number }>();

  /** True when it is counted: `rejection`, made for the first of its kind alone, then stands for this one too. */
  count(kind: string, rejection: () => Rejection): boolean {
    const known = this.kinds.get(kind);
    if (known) known.count++;
    else if (this.kinds.size < MOST_KINDS) this.kinds.set(kind, { ...rejection(), count: 1 });
    else return false;
    return true;
  }

  all(): Rejection[] {
    return [...this.kinds.values()];
  }
}
