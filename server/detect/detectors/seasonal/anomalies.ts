// Makes one finding a cell of all its KPIs that are out of line: the worst leads, the others stand beside it.

import type { Cells } from './cells.ts';
import { backInRange, type Draft, sayAnomaly } from './finding-draft.ts';
import type { SeasonalProfile } from './profile.ts';
import { type Run, valueAt } from './run.ts';
import { evidenceOf, type Hit, type Series } from './series.ts';

const HOUR_MS = 3_600_000;

export class Anomalies {
  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
    private readonly memories: readonly Series[],
  ) {}

  /** What row i of the run changes about its cell's anomaly; `hits` are the row's KPIs beyond the line of release. */
  fuse(run: Run, i: number, hits: readonly Hit[]): Draft | undefined {
    const f = this.cells.columns.fields;
    const slot = run.slots[i]!;
    if (f.raised[slot] === 0) return f.anomalySince[slot]! > 0 ? this.end(run, i) : undefined;
    const raised = hits.filter((hit) => hit.memory.columns.fields.raised[hit.series]! > 0);
    if (raised.length === 0) return this.isUnheard(run, slot) ? this.giveUp(run, i) : undefined;
    raised.sort((a, b) => b.strength - a.strength || this.memories.indexOf(a.memory) - this.memories.indexOf(b.memory));
    return this.tell(run, slot, raised);
  }

  private tell(run: Run, slot: number, hits: Hit[]): Draft | undefined {
    const f = this.cells.columns.fields;
    const begins = f.anomalySince[slot] === 0;
    f.anomalyHit[slot] = run.at;
    // Another part of the same reading has told of this period already.
    if (!begins && f.anomalyTold[slot] === run.at) return undefined;
    if (begins) f.anomalySince[slot] = this.firstOut(run.at, slot, hits);
    f.anomalyTold[slot] = run.at;
    f.anomalyLead[slot] = this.memories.indexOf(hits[0]!.memory);
    return { ...this.frame(run.at, slot, begins ? 'begins' : 'lasts'), ...sayAnomaly(hits, this.profile) };
  }

  private firstOut(at: number, slot: number, hits: readonly Hit[]): number {
    const periods = Math.max(...hits.map((hit) => hit.memory.periodsOut(hit.series)));
    return at - periods * this.cells.columns.fields.periodSeconds[slot]! * 1000;
  }

  private end(run: Run, i: number): Draft {
    const f = this.cells.columns.fields;
    const slot = run.slots[i]!;
    const frame = this.frame(run.at, slot, 'ends');
    f.anomalySince[slot] = 0;
    const memory = this.memories[f.anomalyLead[slot]!]!;
    const row = run.rows[i]!;
    const value = valueAt(run, memory.rule.kpi.id, row);
    const attempts = memory.rule.attempts === undefined ? Number.NaN : valueAt(run, memory.rule.attempts, row);
    const hit = memory.compare(memory.knownSeries(slot), run.bins[i]!, run.paces[i]!, value, row, attempts);
    const observed = !Number.isNaN(value) ? value : null;
    const wouldClear = backInRange(hit, this.profile);
    return {
      ...frame,
      kpi: memory.rule.kpi.id,
      evidence: evidenceOf(hit, observed, 0, hit.attempts),
      why: wouldClear,
      wouldClear,
    };
  }

  private isUnheard(run: Run, slot: number): boolean {
    return run.at - this.cells.columns.fields.anomalyHit[slot]! >= this.profile.unheardHours * HOUR_MS;
  }

  /** Nothing was heard of it for long: not known to be wrong any more. */
  private giveUp(run: Run, i: number): Draft | undefined {
    const slot = run.slots[i]!;
    for (const memory of this.memories) {
      const series = memory.knownSeries(slot);
      if (series >= 0 && memory.columns.fields.raised[series]! > 0) memory.release(series);
    }
    this.cells.columns.fields.raised[slot] = 0;
    return this.cells.columns.fields.anomalySince[slot]! > 0 ? this.end(run, i) : undefined;
  }

  private frame(at: number, slot: number, phase: Draft['phase']) {
    const f = this.cells.columns.fields;
    const periodSeconds = f.periodSeconds[slot]!;
    const cell = this.cells.names[slot]!;
    return { kind: 'anomaly' as const, cell, phase, at, since: f.anomalySince[slot]!, periodSeconds };
  }
}
