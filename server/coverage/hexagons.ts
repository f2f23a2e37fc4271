// The hexagons of a map: exact counts and medians of one slice, what is not judged, and the difference to the best rival.

import { cellToLatLng, getResolution } from 'h3-js';
import type { CoverageHexagons } from '../model/coverage.ts';
import type { HexagonCells, SliceQuery } from '../model/sample-columns.ts';
import { idOf, mostOf, readGround } from './ground.ts';
import type { HexagonQuery } from './hexagon-query.ts';
import type { JudgeOptions } from './judging.ts';
import { notJudged } from './off-air.ts';
import { scenarioOf, weakLine } from './profile.ts';
import { type NamedSlice, rivalsOf, windowed } from './slices.ts';

export async function hexagonsOf(
  slice: NamedSlice | undefined,
  all: readonly NamedSlice[],
  ask: HexagonQuery,
  options: JudgeOptions,
): Promise<CoverageHexagons> {
  const { store, profile } = options;
  const resolution = Math.min(ask.resolution, slice?.kind === 'mr' ? 9 : profile.borderResolution);
  if (!slice) return emptyOf(resolution, weakLine(scenarioOf(profile, undefined).scenario, null), profile.leastSamples);
  const query = windowed(slice, ask, profile.windowMs);
  const { weakDbm, faulty } = await judgedBy(slice, query, options);
  const columns = await store.byHexagonAndCell(query, resolution, weakDbm, undefined, 'hexagon');
  const answer = emptyOf(resolution, weakDbm, profile.leastSamples);
  const shown = [...columns.hex.keys()].filter((row) => isInside(idOf(columns.hex[row]!), ask.bounds));
  answer.cut = shown.length > ask.most;
  // What is cut off is what is least known.
  const rows = answer.cut
    ? shown.sort((a, b) => columns.samples[b]! - columns.samples[a]! || a - b).slice(0, ask.most)
    : shown;
  const differences = await rivalDifferences(columns, slice, all, ask, options, { resolution, weakDbm, to: query.to });
  for (const row of rows) {
    const id = idOf(columns.hex[row]!);
    const samples = columns.samples[row]!;
    answer.id.push(id);
    answer.samples.push(samples);
    answer.weakShare.push(samples === 0 ? 0 : columns.weak[row]! / samples);
    answer.medianRsrpDbm.push(samples === 0 ? null : columns.medianRsrpDbm[row]!);
    answer.notJudged.push(faulty.has(id, resolution) ? 1 : 0);
    answer.rivalDifference.push(differences.get(id) ?? null);
  }
  return answer;
}

function emptyOf(resolution: number, weakDbm: number, leastSamples: number): CoverageHexagons {
  const columns = { id: [], samples: [], weakShare: [], medianRsrpDbm: [], notJudged: [], rivalDifference: [] };
  return { resolution, weakDbm, leastSamples, ...columns, cut: false };
}

function isInside(id: string, bounds: HexagonQuery['bounds']): boolean {
  if (!bounds) return true;
  const [lat, lon] = cellToLatLng(id);
  const { west, south, east, north } = bounds;
  const between = west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
  return between && lat >= south && lat <= north;
}

/** A map has one line: that of the scenario with most samples. */
async function judgedBy(slice: NamedSlice, query: SliceQuery, options: JudgeOptions) {
  const { store, cells, profile } = options;
  const ground = await readGround(store, query, profile, cells);
  const samples = new Map<string, number>();
  for (const { scenario, samples: count } of ground.values())
    samples.set(scenario, (samples.get(scenario) ?? 0) + count);
  const weakDbm = weakLine(scenarioOf(profile, mostOf(samples)).scenario, query.radio);
  const outages = slice.ours ? options.outages(query.from, query.to) : [];
  const faulty = await notJudged(store, query, ground, { profile, cells, outages });
  return { weakDbm, faulty: new FaultyPlaces([...faulty.keys()]) };
}

/** Hexagons of judging that are not judged, looked up at any resolution. */
class FaultyPlaces {
  private readonly prefixes = new Map<number, Set<string>>();

  constructor(private readonly hexagons: readonly string[]) {}

  has(id: string, resolution: number): boolean {
    if (this.hexagons.length === 0) return false;
    const own = getResolution(this.hexagons[0]!);
    const common = Math.min(own, resolution);
    return this.at(common).has(digits(id, common));
  }

  private at(resolution: number): Set<string> {
    let known = this.prefixes.get(resolution);
    if (!known) {
      known = new Set(this.hexagons.map((id) => digits(id, resolution)));
      this.prefixes.set(resolution, known);
    }
    return known;
  }
}

/** Base cell and the digits down to a resolution: the same for a hexagon and all its descendants. */
const digits = (id: string, resolution: number): string =>
  ((BigInt(`0x${id}`) & ((1n << 52n) - 1n)) >> BigInt(3 * (15 - resolution))).toString(36);

async function rivalDifferences(
  own: HexagonCells,
  slice: NamedSlice,
  all: readonly NamedSlice[],
  ask: HexagonQuery,
  { store, profile }: JudgeOptions,
  { resolution, weakDbm, to }: { resolution: number; weakDbm: number; to: number },
): Promise<Map<string, number>> {
  const best = new Map<bigint, number>();
  for (const rival of rivalsOf(all, slice)) {
    const query = windowed(rival, { ...ask, to }, profile.windowMs);
    const columns = await store.byHexagonAndCell(query, resolution, weakDbm, undefined, 'hexagon');
    columns.hex.forEach((hex, row) => {
      if (columns.samples[row]! < profile.leastSamples) return;
      const good = 1 - columns.weak[row]! / columns.samples[row]!;
      best.set(hex, Math.max(best.get(hex) ?? 0, good));
    });
  }
  const differences = new Map<string, number>();
  own.hex.forEach((hex, row) => {
    const rival = best.get(hex);
    if (rival === undefined || own.samples[row]! < profile.leastSamples) return;
    differences.set(idOf(hex), 1 - own.weak[row]! / own.samples[row]! - rival);
  });
  return differences;
}
