// Cells of several sites that fell silent together: whoever collects from them is gone, not they. One finding for all.

import type { Cells } from './cells.ts';
import { countSites } from './collector.ts';
import { type Draft, NO_EVIDENCE, saySharedGap } from './finding-draft.ts';
import type { SeasonalProfile } from './profile.ts';

/** One finding names so many cells at most; it counts all. */
const MOST_CELLS = 5000;

/** Of its cells nothing has come since the same reading. */
interface Gap {
  number: number;
  source: string;
  lastAt: number;
  periodSeconds: number;
  slots: Set<number>;
}

export interface GapsState {
  gaps: (Omit<Gap, 'slots'> & { slots: number[] })[];
  lastGap: number;
}

export class Gaps {
  private readonly gaps = new Map<number, Gap>();
  private lastGap = 0;

  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
  ) {}

  slotsOf(gap: number): number[] {
    return [...this.gaps.get(gap)!.slots];
  }

  /** Of cells that share one already, or that share one from now on. */
  tell(source: string, slots: readonly number[], at: number): Draft {
    const f = this.cells.columns.fields;
    const known = this.gaps.get(f.gap[slots[0]!]!);
    const gap = known ?? this.open(source, slots);
    for (const slot of slots) f.silentTold[slot] = at;
    return this.draftOf(gap, known ? 'lasts' : 'begins', at);
  }

  /** Cells that were waited for longer, silent since the same reading as an open gap of their source or the one beside it, are part of that. False: there is none. */
  join(source: string, slots: readonly number[]): boolean {
    const f = this.cells.columns.fields;
    const [lastAt, periodMs] = [f.lastAt[slots[0]!]!, 1000 * f.periodSeconds[slots[0]!]!];
    const gap = [...this.gaps.values()].find(
      (one) => one.source === source && Math.abs(one.lastAt - lastAt) <= periodMs,
    );
    if (!gap) return false;
    this.add(gap, slots);
    return true;
  }

  /** One cell less; the gap ends with the last. */
  leave(slot: number, at: number): Draft | undefined {
    const f = this.cells.columns.fields;
    const gap = this.gaps.get(f.gap[slot]!)!;
    gap.slots.delete(slot);
    f.gap[slot] = 0;
    if (gap.slots.size > 0) return undefined;
    this.gaps.delete(gap.number);
    return { ...this.draftOf(gap, 'ends', at), evidence: NO_EVIDENCE };
  }

  save(): GapsState {
    return { gaps: [...this.gaps.values()].map((gap) => ({ ...gap, slots: [...gap.slots] })), lastGap: this.lastGap };
  }

  load({ gaps, lastGap }: GapsState): void {
    for (const gap of gaps) this.gaps.set(gap.number, { ...gap, slots: new Set(gap.slots) });
    this.lastGap = lastGap;
  }

  private open(source: string, slots: readonly number[]): Gap {
    const f = this.cells.columns.fields;
    const [lastAt, periodSeconds] = [f.lastAt[slots[0]!]!, f.periodSeconds[slots[0]!]!];
    const gap = { number: ++this.lastGap, source, lastAt, periodSeconds, slots: new Set<number>() };
    this.gaps.set(gap.number, gap);
    this.add(gap, slots);
    return gap;
  }

  private add(gap: Gap, slots: readonly number[]): void {
    const f = this.cells.columns.fields;
    for (const slot of slots) {
      gap.slots.add(slot);
      f.gap[slot] = gap.number;
      f.silentSince[slot] = f.lastAt[slot]! + f.periodSeconds[slot]! * 1000;
    }
  }

  private draftOf({ source, lastAt, periodSeconds, slots }: Gap, phase: Draft['phase'], at: number): Draft {
    const cells = [...slots].map((slot) => this.cells.names[slot]!).sort();
    const subject = { scope: 'area' as const, id: `${source} ${new Date(lastAt).toISOString()}` };
    const said = saySharedGap(
      { source, lastAt, at, periodSeconds, cells: cells.length, sites: countSites(this.cells, [...slots]) },
      this.profile,
    );
    return {
      ...{ kind: 'silent', cell: '', wide: { subject, cells: cells.slice(0, MOST_CELLS) }, phase, at },
      ...{ since: lastAt + periodSeconds * 1000, periodSeconds, ...said },
    };
  }
}
