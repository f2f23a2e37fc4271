// The hexagons of a map: exact counts and medians of one slice, what is not judged, and the difference to the best rival.

import { cellToLatLng, getResolution } from 'h3-js';
import type { CoverageHexagons } from '../model/coverage.ts';
import type { HexagonCells, SliceQuery } from '../model/sample-columns.ts';
import { type Hexagon, idOf, mostOf, readGround } from './ground.ts';
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
  const { lines, faulty } = await judgedBy(slice, query, options);
  const columns = await columnsByPlace(store, query, resolution, lines);
  const answer = { ...emptyOf(resolution, lines.usual, profile.leastSamples), weakLines: lines.all };
  const shown = [...columns.hex.keys()].filter((row) => isInside(idOf(columns.hex[row]!), ask.bounds));
  answer.cut = shown.length > ask.most;
  // What is cut off is what is least known.
  const rows = answer.cut
    ? shown.sort((a, b) => columns.samples[b]! - columns.samples[a]! || a - b).slice(0, ask.most)
    : shown;
  const differences = await rivalDifferences(columns, slice, all, ask, options, { resolution, lines, to: query.to });
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

/** Weak samples of each hexagon counted by the line of its own place. */
async function columnsByPlace(
  store: JudgeOptions['store'],
  query: SliceQuery,
  resolution: number,
  lines: LinesByPlace,
): Promise<HexagonCells> {
  const columns = await store.byHexagonAndCell(query, resolution, lines.usual, undefined, 'hexagon');
  for (const line of lines.all) {
    if (line === lines.usual) continue;
    const other = await store.byHexagonAndCell(query, resolution, line, undefined, 'hexagon');
    const rows = new Map(Array.from(other.hex, (hex, row) => [hex, row]));
    columns.hex.forEach((hex, row) => {
      if (lines.at(idOf(hex), resolution) === line) columns.weak[row] = other.weak[rows.get(hex)!]!;
    });
  }
  return columns;
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

async function judgedBy(slice: NamedSlice, query: SliceQuery, options: JudgeOptions) {
  const { store, cells, profile } = options;
  const ground = await readGround(store, query, profile, cells);
  const outages = slice.ours ? options.outages(query.from, query.to) : [];
  const faulty = await notJudged(store, query, ground, { profile, cells, outages });
  const usual = weakLine(scenarioOf(profile, undefined).scenario, query.radio);
  return { lines: new LinesByPlace([...ground.values()], usual), faulty: new FaultyPlaces([...faulty.keys()]) };
}

/** What holds of hexagons of judging, looked up at any resolution. */
abstract class ByPlace {
  private readonly own: number;
  private readonly known = new Set<number>();

  constructor(private readonly ids: readonly string[]) {
    this.own = ids.length === 0 ? 0 : getResolution(ids[0]!);
  }

  /** Digits that a shown hexagon and those of judging have in common; undefined where none are judged. */
  protected keyAt(id: string, resolution: number): string | undefined {
    if (this.ids.length === 0) return undefined;
    const common = Math.min(this.own, resolution);
    if (!this.known.has(common)) {
      this.known.add(common);
      this.ids.forEach((one, i) => {
        this.learn(digits(one, common), i);
      });
    }
    return digits(id, common);
  }

  protected abstract learn(key: string, index: number): void;
}

class FaultyPlaces extends ByPlace {
  private readonly keys = new Set<string>();

  has(id: string, resolution: number): boolean {
    const key = this.keyAt(id, resolution);
    return key !== undefined && this.keys.has(key);
  }

  protected learn(key: string): void {
    this.keys.add(key);
  }
}

/** Each place has the line of its scenario; where several lie in one shown, that of most samples. */
class LinesByPlace extends ByPlace {
  /** The line of most samples, and all that occur, weakest first. */
  readonly usual: number;
  readonly all: number[];
  private readonly samples = new Map<string, Map<number, number>>();

  constructor(
    private readonly places: readonly Hexagon[],
    otherwise: number,
  ) {
    super(places.map(({ id }) => id));
    const bySamples = new Map<number, number>();
    for (const { weakDbm, samples } of places) bySamples.set(weakDbm, (bySamples.get(weakDbm) ?? 0) + samples);
    this.usual = mostOf(bySamples) ?? otherwise;
    this.all = bySamples.size === 0 ? [otherwise] : [...bySamples.keys()].sort((a, b) => a - b);
  }

  at(id: string, resolution: number): number {
    const key = this.keyAt(id, resolution);
    const known = key === undefined ? undefined : this.samples.get(key);
    return (known && mostOf(known)) ?? this.usual;
  }

  protected learn(key: string, index: number): void {
    const { weakDbm, samples } = this.places[index]!;
    const known = this.samples.get(key) ?? new Map<number, number>();
    known.set(weakDbm, (known.get(weakDbm) ?? 0) + samples);
    this.samples.set(key, known);
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
  { resolution, lines, to }: { resolution: number; lines: LinesByPlace; to: number },
): Promise<Map<string, number>> {
  const best = new Map<bigint, number>();
  for (const rival of rivalsOf(all, slice)) {
    const query = windowed(rival, { ...ask, to }, profile.windowMs);
    const columns = await columnsByPlace(store, query, resolution, lines);
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
