// One kept run through the foreteller: what it tells, and which date stands two weeks before each cell is full.

import { CongestionForeteller } from '../../../server/detect/foretellers/congestion.ts';
import type { CalendarDay } from '../../../server/model/calendar.ts';
import type { CapacityOutlook } from '../../../server/model/capacity.ts';
import type { ScoredAlert } from '../scored-alert.ts';
import { beginOf, type Fault } from '../truth.ts';
import { batchesOf, type KeptRun } from './kept-run.ts';

const DAY_MS = 86_400_000;
/** Two weeks before. */
export const DISTANCE_DAYS = 14;

/** The date that stood two weeks before a cell was full. */
export interface Miss {
  /** Days by which it was too late; null: no date stood. */
  lateDays: number | null;
  /** Days that the cell had grown by then. */
  grownDays: number;
}

export interface Replayed {
  alerts: ScoredAlert[];
  /** Cells told of as full, each time. */
  crowded: { cell: string; at: number }[];
  /** One for each cell that filled up with a sign two weeks before. */
  misses: Miss[];
  /** Milliseconds of foretelling, cells times days, and bytes a cell. */
  cost: { ms: number; cellDays: number; bytesPerCell: number };
}

export const growthsOf = ({ truth }: KeptRun): Fault[] =>
  truth.faults.filter(({ kind, hurtsFrom }) => kind === 'congestion-growth' && hurtsFrom !== null);

export function replay(run: KeptRun, calendar: readonly CalendarDay[]): Replayed {
  const foreteller = new CongestionForeteller({ zone: 'UTC' });
  foreteller.know(run.cells);
  foreteller.hear({ what: 'calendar', days: calendar, mode: 'full' });
  const asked = growthsOf(run).filter((fault) => grownDaysOf(fault) > 0);
  const [alerts, crowded, misses]: [ScoredAlert[], Replayed['crowded'], Replayed['misses']] = [[], [], []];
  const began = performance.now();
  let past = run.truth.from;
  for (const batch of batchesOf(run)) {
    const now = batch.at[0]!;
    for (const finding of foreteller.observe(batch)) {
      const { kind, cells, at, phase, prediction } = finding;
      if (phase !== 'begins') continue;
      if (prediction)
        alerts.push({ id: `${kind} ${cells[0]} ${at}`, kind, scope: 'cell', cells, raises: [at], prediction });
      else crowded.push({ cell: cells[0]!, at });
    }
    for (const fault of asked) {
      const moment = fault.hurtsFrom! - DISTANCE_DAYS * DAY_MS;
      if (moment <= past || moment > now) continue;
      const lateDays = lateDaysOf(foreteller.capacity(fault.cells)[0], fault.hurtsFrom!);
      misses.push({ lateDays, grownDays: grownDaysOf(fault) });
    }
    past = now;
  }
  const { series, bytes } = foreteller.size();
  const cost = {
    ms: performance.now() - began,
    cellDays: (series * (past - run.truth.from)) / DAY_MS,
    bytesPerCell: bytes / series,
  };
  return { alerts, crowded, misses, cost };
}

/** From its first sign to two weeks before it is full. */
export const grownDaysOf = (fault: Fault): number => (fault.hurtsFrom! - beginOf(fault)) / DAY_MS - DISTANCE_DAYS;

function lateDaysOf(outlook: CapacityOutlook | undefined, hurtsFrom: number): number | null {
  return outlook?.full ? (outlook.full.expectedAt - hurtsFrom) / DAY_MS : null;
}
