// A made-up town to measure: discs of good samples, rectangles of weak ones, and a coverage room over a real store.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cellToLatLng, latLngToCell } from 'h3-js';
import { type Coverage, type CoverageOptions, openCoverage } from '../../server/coverage/coverage.ts';
import type { CoverageCell, CoverageSite } from '../../server/coverage/inventory.ts';
import type { Sample, SampleBatch } from '../../server/model/sample.ts';
import { openDatabase } from '../../server/storage/duckdb/database.ts';
import { openDuckDbSamples } from '../../server/storage/sample-store-duckdb.ts';
import { batchOf } from './sample-batch.ts';

export const TOWN = { lat: 31.2, lon: 121.4 };
export const T0 = Date.UTC(2026, 2, 1);
const METRES_A_DEGREE = 111_195;

/** So many metres east and north of the middle of the town. */
export function at(east: number, north: number): { lat: number; lon: number } {
  const lat = TOWN.lat + north / METRES_A_DEGREE;
  return { lat, lon: TOWN.lon + east / (METRES_A_DEGREE * Math.cos((TOWN.lat * Math.PI) / 180)) };
}

/** Numbers that look like chance and are the same each time (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Rectangle {
  west: number;
  east: number;
  south: number;
  north: number;
}

export const isIn = ({ west, east, south, north }: Rectangle, x: number, y: number) =>
  x >= west && x <= east && y >= south && y <= north;

/** Samples spread evenly over a disc; `level` says what each place measures, undefined: not measured. */
export function disc(
  count: number,
  radiusM: number,
  level: (east: number, north: number, random: () => number) => number | undefined,
  more: Partial<Sample> & { seed?: number } = {},
): Sample[] {
  const { seed = 1, ...fields } = more;
  const random = chance(seed);
  return Array.from({ length: count }, (_, index) => {
    const [reach, angle] = [radiusM * Math.sqrt(random()), 2 * Math.PI * random()];
    const [east, north] = [reach * Math.cos(angle), reach * Math.sin(angle)];
    const rsrpDbm = level(east, north, random);
    return { at: T0 + index * 1000, ...at(east, north), cell: 'A', radio: 'LTE', kind: 'app', rsrpDbm, ...fields };
  });
}

/** Hexagons of the fine border whose middle lies in the rectangle. */
export function hexagonsIn(rectangle: Rectangle, resolution = 12): Set<string> {
  const found = new Set<string>();
  for (let x = rectangle.west - 30; x <= rectangle.east + 30; x += 6) {
    for (let y = rectangle.south - 30; y <= rectangle.north + 30; y += 6) {
      const place = at(x, y);
      const id = latLngToCell(place.lat, place.lon, resolution);
      const [lat, lon] = cellToLatLng(id);
      const north = (lat - TOWN.lat) * METRES_A_DEGREE;
      const east = (lon - TOWN.lon) * METRES_A_DEGREE * Math.cos((TOWN.lat * Math.PI) / 180);
      if (isIn(rectangle, east, north)) found.add(id);
    }
  }
  return found;
}

/** Size of what two sets share, of what they hold together. */
export function overlapOf(a: Iterable<string>, b: ReadonlySet<string>): number {
  const own = new Set(a);
  const shared = [...own].filter((id) => b.has(id)).length;
  return shared / (own.size + b.size - shared);
}

export interface Town {
  coverage: Coverage;
  add(samples: readonly Sample[]): Promise<number>;
  /** As intake leaves them. */
  addBatches(batches: readonly SampleBatch[]): Promise<number>;
  /** The room again over the same store, as after a restart. */
  reopen(): Promise<Coverage>;
  close(): Promise<void>;
}

export async function openTown(
  more: Partial<CoverageOptions> & { inventory?: Record<string, CoverageCell>; siteList?: CoverageSite[] } = {},
): Promise<Town> {
  const { inventory = {}, siteList = [], ...options } = more;
  const folder = await mkdtemp(join(tmpdir(), 'cellstar-coverage-'));
  const database = await openDatabase({ file: join(folder, 'cellstar.duckdb'), memoryLimitMb: 512 });
  const store = await openDuckDbSamples(database);
  let seq = 0;
  const open = () =>
    openCoverage({
      store,
      cells: { version: 1, cell: (id) => inventory[id], sites: () => siteList },
      outages: () => [],
      loadOf: () => null,
      operator: undefined,
      log: () => {},
      ...options,
    });
  const town: Town = {
    coverage: await open(),
    add: (samples) => town.addBatches([batchOf(samples, { digest: `d${seq}` })]),
    async addBatches(batches) {
      await store.append(batches.map((batch) => ({ seq: ++seq, kind: 'samples', batch })));
      return seq;
    },
    async reopen() {
      town.coverage = await open();
      return town.coverage;
    },
    async close() {
      await store.close();
      database.close();
      await rm(folder, { recursive: true });
    },
  };
  return town;
}
