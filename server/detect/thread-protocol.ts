// What the front door and its detector threads say to each other.

import type { CalendarDay, CalendarMode } from '../model/calendar.ts';
import type { DetectionSettings, Excuse } from '../model/detection.ts';
import type { Finding } from '../model/finding.ts';
import type { Place } from '../model/place.ts';
import type { ReadingBatch } from '../model/reading.ts';
import type { Usual } from './detector.ts';
import type { BudgetReport } from './detectors/seasonal/budget.ts';

/** Handed to a thread as it starts. */
export interface ThreadSetting {
  /** IANA zone of local hours of the week. */
  zone: string;
  /** Of the profile; those not named are as shipped. */
  settings: DetectionSettings;
  /** The checkpoint to go on from; null to start empty. */
  file: string | null;
}

export interface ThreadSize {
  series: number;
  bytes: number;
  cells: number;
  /** Rows of cells for which there was no room. */
  unwatched: number;
}

/** How one thread judges: its budget, values that were excused, and series of which only hard lines are known yet. */
export interface ThreadReport {
  budget: BudgetReport;
  excused: Record<Excuse, number>;
  learning: { series: number; cold: number };
}

/** Each question and its answer. */
export interface Answers {
  /** First of all: what the thread knows after starting. Rejects when its checkpoint is damaged or of another profile. */
  open: { cells: string[]; version: string };
  observe: Finding[];
  change: Finding[];
  calendar: null;
  usual: (Usual | null)[];
  /** Bytes written, durable under the name asked for. */
  save: number;
  size: ThreadSize;
  report: ThreadReport;
}

export type Question =
  | { ask: 'open' }
  /** `places`: of cells that are new to the thread. */
  | { ask: 'observe'; batch: ReadingBatch; clock: number[]; places: [string, Place][] }
  /** In this order: cells that are forgotten, cells that are learned afresh from a time on, names that change all at once, places. */
  | {
      ask: 'change';
      forget: string[];
      relearn: [string, number][];
      names: [string, string][];
      places: [string, Place][];
    }
  | { ask: 'calendar'; days: CalendarDay[]; mode: CalendarMode }
  | { ask: 'usual'; cell: string; kpi: string; ats: number[] }
  | { ask: 'save'; file: string }
  | { ask: 'size' }
  | { ask: 'report' };

export type Asked = Question & { id: number };
export type Answered = { id: number; answer: Answers[keyof Answers] } | { id: number; error: string };
