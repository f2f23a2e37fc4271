// A control room with mutes: periods that are heard and judged one after another, and what people were told meanwhile.

import type { AlertOptions } from '../../server/alerts/alert-options.ts';
import type { MuteAsk } from '../../server/alerts/mutes.ts';
import type { AlertRecord } from '../../server/model/alert.ts';
import type { Finding } from '../../server/model/finding.ts';
import type { MuteRecord } from '../../server/model/mute.ts';
import type { ReadingBatch } from '../../server/model/reading.ts';
import { bench, MemoryLedger, period, SITES } from './network.ts';

const CELLS = Object.values(SITES).flat();

/** All cells, or some, tell of the n-th period. */
export function heardAt(n: number, cells: readonly string[] = CELLS): ReadingBatch {
  return {
    ...{ source: 'test', receivedAt: period(n), rows: cells.length, cells: [...cells], kpis: [], counters: [] },
    cell: Uint32Array.from(cells, (_, i) => i),
    at: new Float64Array(cells.length).fill(period(n)),
    periodSeconds: new Uint32Array(cells.length).fill(900),
    suspect: new Uint8Array(cells.length),
  } as unknown as ReadingBatch;
}

export type MutedBench = Awaited<ReturnType<typeof mutedBench>>;

export async function mutedBench(ledger = new MemoryLedger(), more: Partial<AlertOptions> = {}) {
  const one = await bench(ledger, { dataAt: () => period(0), ...more });
  /** What stood on the control-room list after each change, and what was told: an alert that is not held back. */
  const told = () => one.published.filter(({ alert }) => alert.mutedBy === undefined).map(({ alert }) => alert);
  return {
    ...one,
    told,
    listed: (): AlertRecord[] => one.alerts.list({ state: 'listed', limit: 1000 })!.alerts,
    /** The readings of the n-th period arrive, and are found so. */
    hear: (n: number, ...findings: Finding[]) =>
      one.alerts.take(findings, one.alerts.position + 1, undefined, heardAt(n)),
    async mute(asked: Omit<MuteAsk, 'reason'>): Promise<MuteRecord> {
      const answer = await one.alerts.mute({ ...asked, reason: 'New antennas' }, { by: 'Ann', role: 'engineer' });
      if (!('mute' in answer)) throw new Error(answer.refused);
      return answer.mute;
    },
  };
}
