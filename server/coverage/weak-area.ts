// One marked place as an area: its border, what exactly its samples say, who serves it, why it is weak and what would mend it.

import { cellToParent, getResolution } from 'h3-js';
import { distanceM, type GroundPoint } from '../maths/ground.ts';
import { median } from '../maths/median.ts';
import { wilsonInterval } from '../maths/wilson-interval.ts';
import { COVERAGE_RULES, type ServingCell, type WeakArea } from '../model/coverage.ts';
import { fineOf } from './area-samples.ts';
import { shapeOf } from './area-shape.ts';
import { fineBorder } from './border.ts';
import { causeOf } from './cause.ts';
import { ringAround } from './components.ts';
import { mostOf } from './ground.ts';
import { isPlacedCell } from './inventory.ts';
import type { JudgedArea, Judging } from './judging.ts';
import type { Outage } from './outage.ts';
import { placeOf } from './place.ts';
import type { MarkedPlace } from './places-marked.ts';
import { scenarioOf, weakLine } from './profile.ts';
import { remedyOf } from './remedy.ts';
import { behind, isBehind, sumOver } from './rules/competitor.ts';
import { alikeCells } from './rules/interference.ts';
import { judgeTiming, type TimingJudgement } from './timing-advance.ts';

/** Cells that are told of one area; those with fewest samples are left out. */
const MOST_CELLS = 12;

/** Undefined where the exact border leaves too few samples, or a share that chance may have made. */
export function weakArea(place: MarkedPlace, judging: Judging): JudgedArea | undefined {
  const { profile, query, samples, slice } = judging;
  const scenario = commonScenario(place.hexagons, judging);
  const isLineOnly = place.rules.every((rule) => rule === 'line' || rule === 'competitor' || rule === 'overshoot');
  const isRoad = isLineOnly && place.isWeak;
  const weakDbm = isRoad
    ? profile.line.weakDbm[query.radio ?? 'LTE']
    : weakLine(scenarioOf(profile, scenario).scenario, query.radio);
  const hexagons = borderOf(place, weakDbm, judging);
  const fine = isFine(hexagons, judging) ? hexagons : fineOf(hexagons, query, profile);
  const rows = samples.rowsOf(fine);
  const { plain } = samples;
  const weakRows = rows.filter((row) => plain.rsrpDbm[row]! <= weakDbm);
  const [low, high] = wilsonInterval(weakRows.length, rows.length);
  if (rows.length < profile.leastSamples || (place.isWeak && low <= profile.allowedShare)) return undefined;

  const shape = shapeOf(hexagons);
  const cells = servingCells(rows, shape.centre, weakDbm, judging);
  const medianOf = (column: Float32Array) => median(rows.map((row) => column[row]!)) ?? null;
  const rival = bestRival(fine, weakDbm, judging);
  const rules = place.rules.filter((rule) => rule !== 'competitor' || rival !== undefined);
  if (rules.length === 0) return undefined;
  const facts = {
    scenario,
    weakDbm,
    weakShare: weakRows.length / rows.length,
    medianRsrpDbm: medianOf(plain.rsrpDbm)!,
    medianSinrDb: medianOf(plain.sinrDb),
    medianDlMbps: medianOf(plain.dlMbps),
    cells,
  };
  const coarse = isFine(hexagons, judging)
    ? [...new Set(hexagons.map((id) => cellToParent(id, profile.resolution(query.kind))))]
    : hexagons;
  const cause = causeOf(
    {
      ...facts,
      ...{ rules, isWeak: place.isWeak, centre: shape.centre, reach: judging.reach, rival },
      alike: alikeOf(place.hexagons, judging),
      outage: outageOf(coarse, judging),
      timing: timingOf(cells[0]?.cell, judging),
    },
    judging,
  );
  const overshooting = cause.kind === 'overshoot' ? String(cause.why.values.cell) : undefined;
  const remedyAsk = { cause, scenario, isWeak: place.isWeak, centre: shape.centre, radiusM: shape.radiusM };
  return {
    ...facts,
    rule: COVERAGE_RULES.find((rule) => rules.includes(rule))!,
    rules: COVERAGE_RULES.filter((rule) => rules.includes(rule)),
    place: placeOf(shape.centre, judging.cells.sites()),
    hexagons: [...hexagons],
    coarse: [...coarse],
    geometry: shape.geometry,
    centre: shape.centre,
    operator: slice.operator,
    ours: slice.ours,
    radio: slice.radio,
    kind: slice.kind,
    samples: rows.length,
    unmeasured: fine.reduce((sum, id) => sum + (judging.unmeasured.get(id) ?? 0), 0),
    weakShareLow: low,
    weakShareHigh: high,
    ...(rival ? { rival } : {}),
    cause: { kind: cause.kind, why: cause.why },
    remedy: remedyOf({ ...remedyAsk, lengthM: 2 * shape.radiusM, overshooting }, judging.cells),
    areaKm2: shape.areaKm2,
    at: plain.at[rows.at(-1)!]!,
    since: plain.at[weakRows[0] ?? rows[0]!]!,
  };
}

/** Of the cell that serves most of it, where its reports told distances. */
function timingOf(id: string | undefined, { timing, cells, profile }: Judging): TimingJudgement | undefined {
  const bins = id === undefined ? undefined : timing.get(id);
  return bins && judgeTiming(bins, cells.cell(id!) ?? {}, profile);
}

/** Between weak and good samples, where receivers gave the positions and the place is not huge; else as it was marked. */
function borderOf(place: MarkedPlace, weakDbm: number, judging: Judging): readonly string[] {
  const { profile, query, samples } = judging;
  if (!place.isWeak || query.kind === 'mr' || place.hexagons.length > profile.mostFineHexagons) return place.hexagons;
  const ring = ringAround(place.hexagons);
  const fine = new Map(
    fineOf([...place.hexagons, ...ring], query, profile).flatMap((id) => {
      const counts = samples.counts(id, weakDbm);
      return counts ? [[id, counts] as const] : [];
    }),
  );
  const { borderResolution: resolution, allowedShare } = profile;
  const left = fineBorder({ core: place.hexagons, ring, resolution, fine, allowedShare });
  return left.length > 0 ? left : place.hexagons;
}

const isFine = (hexagons: readonly string[], { profile }: Judging) =>
  getResolution(hexagons[0]!) === profile.borderResolution;

function commonScenario(hexagons: readonly string[], { ground, profile }: Judging): string {
  const samples = new Map<string, number>();
  for (const id of hexagons) {
    const hexagon = ground.get(id);
    if (hexagon) samples.set(hexagon.scenario, (samples.get(hexagon.scenario) ?? 0) + hexagon.samples);
  }
  return mostOf(samples) ?? profile.usualScenario;
}

function servingCells(rows: readonly number[], centre: GroundPoint, weakDbm: number, judging: Judging): ServingCell[] {
  const { plain } = judging.samples;
  const byCell = new Map<number, number[]>();
  for (const row of rows) {
    const cell = plain.cell[row]!;
    const known = byCell.get(cell);
    if (known) known.push(row);
    else if (cell >= 0) byCell.set(cell, [row]);
  }
  return [...byCell]
    .map(([index, own]): ServingCell => {
      const cell = plain.cells[index]!;
      const known = judging.cells.cell(cell);
      return {
        cell,
        samples: own.length,
        allSamples: Math.max(own.length, judging.allSamples.get(cell) ?? 0),
        weakShare: own.filter((row) => plain.rsrpDbm[row]! <= weakDbm).length / own.length,
        medianRsrpDbm: median(own.map((row) => plain.rsrpDbm[row]!)) ?? null,
        distanceM: isPlacedCell(known) ? distanceM(known, centre) : null,
      };
    })
    .sort((a, b) => b.samples - a.samples || (a.cell < b.cell ? -1 : 1))
    .slice(0, MOST_CELLS);
}

/** Compared in the very same hexagons. */
function bestRival(fine: readonly string[], weakDbm: number, judging: Judging): WeakArea['rival'] {
  const own = { samples: 0, weak: 0 };
  const counts = new Map(
    fine.flatMap((id) => {
      const one = judging.samples.counts(id, weakDbm);
      return one ? [[id, one] as const] : [];
    }),
  );
  Object.assign(own, sumOver(fine, counts));
  const better = judging.rivals
    .map(({ operator, counts: of }) => ({ operator, sum: sumOver(fine, of(weakDbm)) }))
    .filter(({ sum }) => isBehind(own, sum, judging.profile))
    .map(({ operator, sum }) => ({ operator, difference: behind(own, sum), samples: sum.samples }));
  return better.sort((a, b) => b.difference - a.difference || (a.operator < b.operator ? -1 : 1))[0];
}

/** Cells that are alike in at least one hexagon with too many of them, most often first. */
function alikeOf(hexagons: readonly string[], { ground, profile, marks }: Judging): string[] {
  const times = new Map<string, number>();
  for (const id of hexagons) {
    const hexagon = ground.get(id);
    if (!hexagon || !marks.get('overlap')?.has(id)) continue;
    for (const cell of alikeCells(hexagon, profile)) times.set(cell, (times.get(cell) ?? 0) + 1);
  }
  return [...times].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([cell]) => cell);
}

/** The outage during which most of it was measured. */
function outageOf(hexagons: readonly string[], { faulty, ground }: Judging): Outage | undefined {
  const samples = new Map<Outage, number>();
  let all = 0;
  for (const id of hexagons) {
    const count = ground.get(id)?.samples ?? 0;
    all += count;
    const outage = faulty.get(id);
    if (outage) samples.set(outage, (samples.get(outage) ?? 0) + count);
  }
  const [most] = [...samples].sort(([a, m], [b, n]) => n - m || (a.cell < b.cell ? -1 : 1));
  const sum = [...samples.values()].reduce((total, count) => total + count, 0);
  return most && sum >= all / 2 ? most[0] : undefined;
}
