// The single samples of marked places, asked for once for all of them, and shared out by hexagon.

import { cellToChildren } from 'h3-js';
import type { PlainSamples, SliceQuery } from '../model/sample-columns.ts';
import { idOf } from './ground.ts';
import type { Profile } from './profile.ts';
import type { SamplePast } from './sample-past.ts';

/** Samples with a level that are read for the areas of one slice; of more only the newest are judged. */
export const MOST_SAMPLES = 2_000_000;

/** Samples by the hexagon that holds them, as fine as they are. */
export class AreaSamples {
  private readonly rows = new Map<string, number[]>();

  constructor(readonly plain: PlainSamples) {
    plain.hex.forEach((hex, row) => {
      const id = idOf(hex);
      const rows = this.rows.get(id);
      if (rows) rows.push(row);
      else this.rows.set(id, [row]);
    });
  }

  /** Rows of these hexagons (of the samples' own resolution), in order of time. */
  rowsOf(hexagons: Iterable<string>): number[] {
    return [...hexagons].flatMap((id) => this.rows.get(id) ?? []).sort((a, b) => a - b);
  }

  countsByHexagon(weakDbm: number): Map<string, { samples: number; weak: number }> {
    return new Map([...this.rows.keys()].map((id) => [id, this.counts(id, weakDbm)!]));
  }

  counts(id: string, weakDbm: number): { samples: number; weak: number } | undefined {
    const rows = this.rows.get(id);
    if (!rows) return undefined;
    let weak = 0;
    for (const row of rows) if (this.plain.rsrpDbm[row]! <= weakDbm) weak++;
    return { samples: rows.length, weak };
  }
}

export async function readAreaSamples(
  store: Pick<SamplePast, 'samples'>,
  query: SliceQuery,
  hexagons: readonly string[],
): Promise<AreaSamples> {
  return new AreaSamples(await store.samples(query, hexagons, MOST_SAMPLES));
}

/** The hexagons of samples that lie in hexagons of judging. */
export function fineOf(hexagons: readonly string[], query: SliceQuery, profile: Profile): string[] {
  if (query.kind === 'mr') return [...hexagons];
  return hexagons.flatMap((id) => cellToChildren(id, profile.borderResolution));
}
