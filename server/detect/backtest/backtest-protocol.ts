// What a backtest and its thread say to each other, one question at a time.

import type { CalendarDay } from '../../model/calendar.ts';
import type { FixedRule } from './fixed-rule.ts';
import type { Spell } from './spells.ts';
import type { BacktestCell, WindowColumns } from './window.ts';

/** Handed to the thread as it starts. */
export interface BacktestSetting {
  /** IANA zone of local hours of the week. */
  zone: string;
  cells: BacktestCell[];
  /** A fixed rule, or the detector with these settings of its profile; none: as it ships. */
  rule?: FixedRule;
  settings: Record<string, number>;
  /** Cells that are learned afresh from a time on, epoch milliseconds. */
  restarts: [cell: string, at: number][];
  /** Special days, as they are known now. */
  calendar: readonly CalendarDay[];
  /** Spells that were over by then are not asked for. */
  from: number;
  /** Trouble that is back within so long is the same. */
  flapMs: number;
}

export type BacktestQuestion = { ask: 'observe'; columns: WindowColumns } | { ask: 'close' };

export interface BacktestAnswers {
  observe: null;
  close: { version: string; spells: Spell[] };
}

export type BacktestAnswered = { answer: BacktestAnswers[keyof BacktestAnswers] } | { error: string };
