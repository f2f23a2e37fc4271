// Gathers checked radio samples into one columnar batch.

import { RADIOS, type Radio } from '../model/cell.ts';
import { NOT_NAMED, SAMPLE_KINDS, SAMPLE_VALUES, type SampleBatch } from '../model/sample.ts';
import { addUp, type TimingBin, type TimingCount } from '../model/timing-advance.ts';
import type { CheckedSample } from './check-sample.ts';

/** A sample with its cell, technology and hexagon settled; what could not have been measured is NaN. */
export interface SettledSample extends Omit<CheckedSample, 'cells' | 'lat' | 'lon'> {
  cell?: string;
  hex: bigint;
  radio?: Radio;
}

/** Bins of one cell and day that wait to be added up: far more than a table has. */
const MOST_LOOSE_BINS = 5000;

/** Distinct names and their places in a column. */
class Names {
  readonly all: string[] = [];
  private readonly places = new Map<string, number>();

  placeOf(name: string | undefined): number {
    if (name === undefined) return -1;
    let place = this.places.get(name);
    if (place === undefined) {
      place = this.all.push(name) - 1;
      this.places.set(name, place);
    }
    return place;
  }
}

export class SampleBatchBuilder {
  private readonly rows: SettledSample[] = [];
  /** By cell and day. */
  private readonly counts = new Map<string, { cell: string; dayEnd: number; bins: TimingBin[] }>();

  add(sample: SettledSample): void {
    this.rows.push(sample);
  }

  /** Counts for the table of a cell and a local day, named by its END. */
  count(cell: string, dayEnd: number, bins: readonly TimingBin[]): void {
    const key = `${dayEnd} ${cell}`;
    const known = this.counts.get(key);
    if (!known) this.counts.set(key, { cell, dayEnd, bins: [...bins] });
    else if (known.bins.push(...bins) > MOST_LOOSE_BINS) known.bins = addUp(known.bins);
  }

  get isEmpty(): boolean {
    return this.rows.length === 0 && this.counts.size === 0;
  }

  build(head: Pick<SampleBatch, 'source' | 'receivedAt' | 'digest'>): SampleBatch {
    const { rows } = this;
    const cells = new Names();
    const operators = new Names();
    const bands = new Names();
    return {
      ...head,
      rows: rows.length,
      at: Float64Array.from(rows, ({ at }) => at),
      hex: BigUint64Array.from(rows, ({ hex }) => hex),
      cell: Int32Array.from(rows, ({ cell }) => cells.placeOf(cell)),
      operator: Int32Array.from(rows, ({ operator }) => operators.placeOf(operator)),
      band: Int32Array.from(rows, ({ band }) => bands.placeOf(band)),
      radio: Uint8Array.from(rows, ({ radio }) => codeOf(RADIOS, radio)),
      kind: Uint8Array.from(rows, ({ kind }) => codeOf(SAMPLE_KINDS, kind)),
      indoor: Uint8Array.from(rows, ({ indoor }) => (indoor === undefined ? NOT_NAMED : Number(indoor))),
      values: SAMPLE_VALUES.map((_, i) => Float32Array.from(rows, ({ values }) => values[i]!)),
      cells: cells.all,
      operators: operators.all,
      bands: bands.all,
      ...(this.counts.size > 0 && { timing: this.timing() }),
    };
  }

  private timing(): TimingCount[] {
    return [...this.counts.values()].flatMap(({ cell, dayEnd, bins }) =>
      addUp(bins).map((bin) => ({ ...bin, cell, dayEnd })),
    );
  }
}

function codeOf<T extends string>(choices: readonly T[], name: T | undefined): number {
  return name === undefined ? NOT_NAMED : choices.indexOf(name);
}
