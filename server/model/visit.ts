// A visit: what brings somebody to a site on one day, what it saves, and what to take along.

import type { AlertKind } from './alert.ts';
import type { Said } from './finding.ts';
import type { FaultMode } from './prediction.ts';
import type { PeopleCount } from './star.ts';

/** What to put into the van. */
export const PARTS = [
  'generator',
  'fan',
  'filter',
  'analyser',
  'connectors',
  'power-meter',
  'transceiver',
  'link-tester',
  'radio-unit',
  'clock-antenna',
  'laptop',
] as const;
export type Part = (typeof PARTS)[number];

/** One trouble that the visit is for; hours and person-hours of service, shares 0…1. */
export interface VisitReason {
  /** Id of its alert. */
  alert: string;
  kind: AlertKind;
  mode: FaultMode;
  title: Said;
  why: Said;
  /** What most likely did it; absent where no known pattern fits, and of what is foretold. */
  cause?: Said;
  /** In words of ours, or as the equipment proposes. */
  repair: Said | string;
  /** That it comes, or that it is what is found; 1 where something is plainly broken. */
  probability: number;
  people: PeopleCount | null;
  /** Cells that are not well again. */
  cells: number;
  /** Share of their service that it takes. */
  loss: number;
  /** Hours of trouble that going on this day saves. */
  hours: number;
  /** How often such a visit mends it. */
  mends: number;
  /** The five multiplied: person-hours, or cell-hours while no people are known. */
  saved: number;
  /** Data time, epoch milliseconds: when it is expected, or since when it is there. */
  expectedAt?: number;
  earliestAt?: number;
  latestAt?: number;
  since?: number;
  assignedTo?: string;
}

/** One site, once a day, for all its reasons. */
export interface Visit {
  siteId: string;
  cells: string[];
  /** Greatest number of people of one of its reasons. */
  people: PeopleCount | null;
  saved: number;
  /** What saves most first. */
  reasons: VisitReason[];
  parts: Part[];
}
