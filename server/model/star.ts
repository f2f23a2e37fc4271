// The star score: a grade of what we delivered to a person, from five dimensions with reasons; and what an alert does to people.

import type { Said } from './finding.ts';

export const DIMENSIONS = ['network', 'service', 'usage', 'plan', 'satisfaction'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export interface StarReason {
  why: Said;
  cells?: string[];
  /** Data time, epoch milliseconds. */
  from?: number;
  to?: number;
}

export interface DimensionScore {
  id: Dimension;
  /** 0…100; null: nothing is known, and the weight goes to the others. */
  score: number | null;
  /** Share of the whole, 0…1, after missing dimensions were left out; 0 for those. */
  weight: number;
  /** Middle of all people of the same tier; null while nothing is known. */
  usual: number | null;
  reasons: StarReason[];
}

export interface StarScore {
  /** Pseudonym. */
  subscriber: string;
  /** Data time, epoch milliseconds. */
  at: number;
  /** 0…5, one decimal. */
  stars: number;
  /** 0…100. */
  score: number;
  /** Likely between; thin data widens it and never lowers the score. */
  low: number;
  high: number;
  dimensions: DimensionScore[];
}

/** Groups of fewer people than this are not shown. */
export const LEAST_GROUP = 10;

/** A number of people, `<10`, or `hidden` so that a small group cannot be worked out from the others. */
export type PeopleCount = number | '<10' | 'hidden';

/** What an alert or a weak area does to people, if it lasts a day. */
export interface Impact {
  subscribers: PeopleCount;
  byTier: Record<string, PeopleCount>;
  /** Stars that these people may lose together if it lasts a day; one decimal. */
  starsAtRisk: number;
  /** Those who have no other cell, where the trouble is a total loss. */
  noOtherCover?: PeopleCount;
  /** For sorting: total loss without other cover first, then severity and people by tier. Larger is more urgent. */
  rank: number;
}
