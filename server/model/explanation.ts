// The explanation of an alert: what changed by how much, what moved with it, what would clear it, what was like it, and the likely cause.

import type { Said } from './finding.ts';

/** What a counter, or a KPI without counters, had to do with the change. */
export interface Share {
  by: 'counter' | 'kpi';
  /** A counter or a sum of counters as the formula writes it, or the id of a KPI. */
  of: string;
  /** Usual, and now; in the unit of the counter or KPI. */
  from: number;
  to: number;
  /**
   * Percent of the KPI's change, all of which add up to 100; negative: it worked against the change. Null for a KPI: that it
   * moved together with another one says nothing about which of them did it.
   */
  sharePct: number | null;
  /** −1…1, for a KPI: how closely both left their usual together, others held fixed. */
  together?: number;
  said: Said;
}

/** A KPI that was outside its usual range at the same time. */
export interface Moved {
  kpi: string;
  cell: string;
  observed: number;
  expected: number;
  low: number;
  high: number;
  direction: 'up' | 'down';
  /** Distance from the expected; 1 is at the edge of the usual range. */
  strength: number;
  /** Of an area: on so many of so many cells that were looked at, this one in the middle of them. */
  cells?: number;
  of?: number;
  said: Said;
}

/** The smallest change that would do. */
export interface WouldClear {
  kpi: string;
  /** The value at which the alert would clear when it lasts, and its distance from now, in the unit of the KPI. */
  value: number;
  change: number;
  said: Said;
}

/** Who or what ended an earlier alert. */
export interface Mended {
  comment: string;
  /** Null: nobody, the equipment says so. */
  by: string | null;
  /** Epoch milliseconds. */
  at: number;
}

export interface Alike {
  alertId: string;
  title: Said;
  /** 0…1. */
  similarity: number;
  raisedAt: number;
  /** Null: it lasts. */
  lastedSeconds: number | null;
  mendedBy: Mended | null;
  said: Said;
}

/** What most likely did it, with a first step; codes of `words/`. */
export interface Cause {
  /** `unknown`: nothing in the table fits. */
  code: string;
  said: Said;
  repair: Said;
  /** The signs that it rests on, each with its figures. */
  evidence: Said[];
}

export interface Explanation {
  alertId: string;
  /** END of the period explained, epoch milliseconds. */
  at: number;
  cell: string | null;
  kpi: string | null;
  observed: number | null;
  expected: number | null;
  low: number | null;
  high: number | null;
  attempts?: number;
  headline: Said;
  cause: Cause;
  shares: Share[];
  alsoMoved: Moved[];
  wouldClear: WouldClear | null;
  alike: Alike[];
}
