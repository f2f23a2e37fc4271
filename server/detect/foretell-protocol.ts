// What the front door of prediction and its thread say to each other.

import type { CapacityCourse, CapacityPage, CapacityQuery } from '../model/capacity.ts';
import type { Cell } from '../model/cell.ts';
import type { Finding } from '../model/finding.ts';
import type { Example, LearnedModel } from '../model/learning.ts';
import type { ReadingBatch } from '../model/reading.ts';
import type { Forecast, ForetellSize, Heard } from './foreteller.ts';

/** Handed to the thread as it starts. */
export interface ForetellSetting {
  /** IANA zone of local hours. */
  zone: string;
  /** The file of each foreteller's memory by its version; one without a file starts empty. */
  files: [version: string, file: string][];
}

/** Each question and its answer. */
export interface ForetellAnswers {
  /** First of all: the foretellers' versions, and the KPIs that they read. Rejects when a memory is damaged. */
  open: { versions: string[]; kpis: string[] };
  know: undefined;
  observe: Finding[];
  hear: undefined;
  adopt: undefined;
  adopted: LearnedModel[];
  examples: Example[];
  change: Finding[];
  forecast: (Forecast | null)[];
  capacity: CapacityPage | null;
  capacityCourse: CapacityCourse | null;
  /** Bytes written, durable under the names asked for. */
  save: number;
  size: ForetellSize;
}

export type ForetellQuestion =
  | { ask: 'open' }
  | { ask: 'know'; cells: Cell[] }
  | { ask: 'observe'; batch: ReadingBatch }
  | { ask: 'hear'; heard: Heard }
  | { ask: 'adopt'; models: readonly LearnedModel[] }
  | { ask: 'adopted' }
  | { ask: 'examples' }
  /** In this order: cells that are forgotten, cells that are learned afresh from a time on, names that change all at once. */
  | { ask: 'change'; forget: string[]; relearn: [string, number][]; names: [string, string][] }
  | { ask: 'forecast'; cell: string; kpi: string; ats: number[] }
  | { ask: 'capacity'; query: CapacityQuery }
  | { ask: 'capacityCourse'; cell: string }
  /** One file a foreteller. */
  | { ask: 'save'; files: string[] }
  | { ask: 'size' };

export type ForetellAsked = ForetellQuestion & { id: number };
