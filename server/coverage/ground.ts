// The ground of one slice: what was measured in each hexagon and by which cell, against the line of its scenario.

import type { HexagonCells, SliceQuery } from '../model/sample-columns.ts';
import { breathe, STRETCH } from './breathe.ts';
import type { CellDirectory } from './inventory.ts';
import { type Profile, scenarioOf, weakLine } from './profile.ts';
import type { SamplePast } from './sample-past.ts';

/** What one cell did in one hexagon; cell undefined: the samples named none. */
export interface Heard {
  cell: string | undefined;
  samples: number;
  weak: number;
  medianRsrpDbm: number;
  medianSinrDb: number;
}

export interface Hexagon {
  id: string;
  /** With a level, and without one. */
  samples: number;
  unmeasured: number;
  /** At or below the line. */
  weak: number;
  weakDbm: number;
  scenario: string;
  newest: number;
  heard: Heard[];
}

export type Ground = Map<string, Hexagon>;

export const idOf = (hex: bigint): string => hex.toString(16);

/** Cells of a scenario decide together, by their samples, which line a hexagon is judged by. */
export async function readGround(
  store: Pick<SamplePast, 'byHexagonAndCell'>,
  query: SliceQuery,
  profile: Profile,
  cells: CellDirectory,
): Promise<Ground> {
  const resolution = profile.resolution(query.kind);
  const indoor = query.indoor === true ? 'indoor' : undefined;
  const usual = scenarioOf(profile, indoor);
  const first = await store.byHexagonAndCell(query, resolution, weakLine(usual.scenario, query.radio));
  const ground = await groundFrom(first);
  for (const hexagon of ground.values()) {
    const { name, scenario } = scenarioOf(profile, indoor ?? scenarioOfHexagon(hexagon, cells));
    hexagon.scenario = name;
    hexagon.weakDbm = weakLine(scenario, query.radio);
  }
  const lines = new Set([...ground.values()].map(({ weakDbm }) => weakDbm));
  lines.delete(weakLine(usual.scenario, query.radio));
  for (const line of lines) layLine(ground, line, await store.byHexagonAndCell(query, resolution, line));
  return ground;
}

/** Rows of one hexagon stand together. */
async function groundFrom(columns: HexagonCells): Promise<Ground> {
  const ground: Ground = new Map();
  let last: bigint | undefined;
  let hexagon: Hexagon | undefined;
  for (let row = 0; row < columns.hex.length; row++) {
    const hex = columns.hex[row]!;
    if (hex !== last || !hexagon) {
      const id = idOf(hex);
      hexagon = { id, samples: 0, unmeasured: 0, weak: 0, weakDbm: 0, scenario: '', newest: 0, heard: [] };
      ground.set(id, hexagon);
      last = hex;
    }
    addRow(hexagon, columns, row);
    if (row % STRETCH === STRETCH - 1) await breathe();
  }
  return ground;
}

function addRow(hexagon: Hexagon, columns: HexagonCells, row: number): void {
  hexagon.samples += columns.samples[row]!;
  hexagon.unmeasured += columns.unmeasured[row]!;
  hexagon.weak += columns.weak[row]!;
  hexagon.newest = Math.max(hexagon.newest, columns.newest[row]!);
  hexagon.heard.push({
    cell: columns.cells[columns.cell[row]!],
    samples: columns.samples[row]!,
    weak: columns.weak[row]!,
    medianRsrpDbm: columns.medianRsrpDbm[row]!,
    medianSinrDb: columns.medianSinrDb[row]!,
  });
}

/** Counts again, by another line, the hexagons that are judged by it. */
function layLine(ground: Ground, line: number, columns: HexagonCells): void {
  const weak = new Map<string, number>();
  columns.hex.forEach((hex, row) => {
    weak.set(`${idOf(hex)} ${columns.cells[columns.cell[row]!] ?? ''}`, columns.weak[row]!);
  });
  for (const hexagon of ground.values()) {
    if (hexagon.weakDbm !== line) continue;
    for (const heard of hexagon.heard)
      heard.weak = Math.min(heard.samples, weak.get(`${hexagon.id} ${heard.cell ?? ''}`) ?? 0);
    hexagon.weak = hexagon.heard.reduce((sum, heard) => sum + heard.weak, 0);
  }
}

function scenarioOfHexagon({ heard }: Hexagon, cells: CellDirectory): string | undefined {
  const samples = new Map<string, number>();
  for (const one of heard) {
    const scenario = one.cell === undefined ? undefined : cells.cell(one.cell)?.scenario;
    if (scenario !== undefined) samples.set(scenario, (samples.get(scenario) ?? 0) + one.samples);
  }
  return mostOf(samples);
}

/** The key with the largest count; the first by name among equals. */
export function mostOf<T extends string | number>(counts: ReadonlyMap<T, number>): T | undefined {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0];
}
