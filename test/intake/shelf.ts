// A shelf of what was accepted: merges batches by (cell, at, period) as every store must, for tests of intake alone.

import { Intake, type IntakeOptions } from '../../server/intake/intake.ts';
import type { Reading, ReadingBatch } from '../../server/model/reading.ts';
import type { Parsed } from '../../server/model/sent.ts';

export const NOW = Date.UTC(2026, 2, 17, 22, 0);
export const AT = Date.UTC(2026, 2, 17, 21, 45);
export const CONTEXT = { now: NOW, zoneOffsetMinutes: 0 };

export type Values = Record<string, unknown>;

export class Shelf {
  private readonly readings = new Map<string, Reading>();
  asked = 0;

  take(batch: ReadingBatch): void {
    for (let row = 0; row < batch.rows; row++) {
      const cell = batch.cells[batch.cell[row]!]!;
      const [at, periodSeconds] = [batch.at[row]!, batch.periodSeconds[row]!];
      const key = `${cell} ${at} ${periodSeconds}`;
      const reading = this.readings.get(key) ?? { cell, at, periodSeconds, kpis: {}, counters: {} };
      this.readings.set(key, reading);
      for (const { name, values } of batch.kpis) if (!Number.isNaN(values[row])) reading.kpis[name] = values[row]!;
      for (const { name, values } of batch.counters)
        if (!Number.isNaN(values[row])) reading.counters![name] = values[row]!;
    }
  }

  stored = async (cell: string, from: number, to: number): Promise<Reading[]> => {
    this.asked++;
    return [...this.readings.values()].filter((one) => one.cell === cell && one.at > from && one.at <= to);
  };

  countersOf(cell: string): Record<string, number> {
    return [...this.readings.values()].find((one) => one.cell === cell)?.counters ?? {};
  }

  kpisOf(cell: string, at = AT): Record<string, number> {
    return [...this.readings.values()].find((one) => one.cell === cell && one.at === at)?.kpis ?? {};
  }
}

export function intakeOver(shelf: Shelf, options: Partial<IntakeOptions> = {}): Intake {
  return new Intake({
    names: { find: () => undefined, findInInventory: () => undefined },
    stored: shelf.stored,
    radioOf: () => null,
    unplaced: () => undefined,
    ...options,
  });
}

export function reading(values: Values, index = 0): Parsed {
  return { kind: 'reading', reading: { cell: 'a', at: AT, periodSeconds: 900, where: { index }, ...values } };
}

/** One delivery: accepted, and on the shelf. */
export async function deliver(intake: Intake, shelf: Shelf, parsed: Parsed[]) {
  const accepted = await intake.accept(parsed, () => 'test', CONTEXT);
  for (const batch of accepted.batches) shelf.take(batch);
  return accepted;
}
