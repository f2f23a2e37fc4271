// Judges one slice: from its samples to weak areas, step by step; the process may do other things between the steps.

import { cellToParent, getResolution } from 'h3-js';
import type { CoverageQuery, CoverageRule } from '../model/coverage.ts';
import type { PlainSamples, SliceQuery } from '../model/sample-columns.ts';
import { MOST_SAMPLES, readAreaSamples } from './area-samples.ts';
import { breathe } from './breathe.ts';
import { ringAround } from './components.ts';
import { type Ground, idOf, readGround } from './ground.ts';
import type { JudgedArea, JudgeOptions, Judging } from './judging.ts';
import { notJudged } from './off-air.ts';
import { type MarkedPlace, type Marks, placesMarked } from './places-marked.ts';
import type { Profile } from './profile.ts';
import { type Counts, competitorHexagons, type Rival } from './rules/competitor.ts';
import { overlapHexagons, overshootHexagons, type Reach, reachOf } from './rules/interference.ts';
import { cellHexagons, gridHexagons } from './rules/level.ts';
import { lineHexagons } from './rules/line.ts';
import type { SamplePast } from './sample-past.ts';
import { type NamedSlice, rivalsOf, windowed } from './slices.ts';
import { weakArea } from './weak-area.ts';

export async function judgeSlice(
  slice: NamedSlice,
  all: readonly NamedSlice[],
  asked: CoverageQuery,
  options: JudgeOptions,
): Promise<{ areas: JudgedArea[]; ground: Ground; query: SliceQuery }> {
  const { store, cells, profile } = options;
  const query = windowed(slice, asked, profile.windowMs);
  const ground = await readGround(store, query, profile, cells);
  await breathe();
  const outages = options.outages(query.from, query.to);
  const faulty = slice.ours ? await notJudged(store, query, ground, { profile, cells, outages }) : new Map();
  const rivalQueries = rivalsOf(all, slice).map((rival) =>
    windowed(rival, { ...asked, to: query.to }, profile.windowMs),
  );
  const lines = [...new Set([...ground.values()].map(({ weakDbm }) => weakDbm))];
  const rivals = await Promise.all(rivalQueries.map((rival) => rivalOf(options, rival, ground, lines)));
  await breathe();

  const drive = query.kind === 'drive' || query.kind === null;
  const whole = drive ? await store.samples(query, undefined, MOST_SAMPLES) : undefined;
  const reach = reachOf(ground, cells, profile);
  const marks = await marksOf(query, ground, { rivals, reach, whole }, options);
  const places = placesMarked(marks, ground, profile);
  const around = [...new Set(places.flatMap(({ hexagons }) => [...hexagons, ...ringAround(hexagons)]))];
  const judging: Judging = {
    ...options,
    ...{ slice, query, ground, marks, faulty, reach },
    samples: await readAreaSamples(store, query, around),
    allSamples: samplesByCell(ground),
    timing: new Map(await store.timing(slice.ours ? heardIn(places, ground) : [], query.from, query.to)),
    unmeasured: await readUnmeasured(store, query, around, profile),
    rivals: await Promise.all(rivalQueries.map((rival) => fineRival(options, rival, places, query))),
  };
  return { areas: await areasOf(places, judging), ground, query };
}

function heardIn(places: readonly MarkedPlace[], ground: Ground): string[] {
  const heard = places.flatMap(({ hexagons }) => hexagons.flatMap((id) => ground.get(id)?.heard ?? []));
  return [...new Set(heard.flatMap(({ cell }) => cell ?? []))];
}

function samplesByCell(ground: Ground): Map<string, number> {
  const all = new Map<string, number>();
  for (const { heard } of ground.values()) {
    for (const { cell, samples } of heard) if (cell !== undefined) all.set(cell, (all.get(cell) ?? 0) + samples);
  }
  return all;
}

async function areasOf(places: readonly MarkedPlace[], judging: Judging): Promise<JudgedArea[]> {
  const areas: JudgedArea[] = [];
  for (const place of places) {
    const area = weakArea(place, judging);
    if (area) areas.push(area);
    await breathe();
  }
  return areas;
}

async function marksOf(
  query: SliceQuery,
  ground: Ground,
  found: { rivals: readonly Rival[]; reach: ReadonlyMap<string, Reach>; whole: PlainSamples | undefined },
  { cells, profile }: JudgeOptions,
): Promise<Marks> {
  const { rivals, reach, whole } = found;
  const road = whole && (await lineHexagons(whole, query.radio, profile));
  const rules: [CoverageRule, () => Iterable<string>][] = [
    ['grid', () => gridHexagons(ground, profile)],
    ['cell', () => cellHexagons(ground, profile)],
    ['line', () => coarseOf(road ?? new Set(), query, profile)],
    ['competitor', () => competitorHexagons(ground, rivals, profile)],
    ['overlap', () => overlapHexagons(ground, profile)],
    ['overshoot', () => overshootHexagons(ground, cells, reach, profile)],
  ];
  const marks: Marks = new Map();
  for (const [rule, find] of rules) {
    marks.set(rule, new Set(find()));
    await breathe();
  }
  return marks;
}

/** Hexagons of judging that hold these finer ones. */
function coarseOf(fine: ReadonlySet<string>, query: SliceQuery, profile: Profile): Set<string> {
  const resolution = profile.resolution(query.kind);
  return new Set([...fine].map((id) => (getResolution(id) > resolution ? cellToParent(id, resolution) : id)));
}

async function rivalOf(
  { store, profile }: JudgeOptions,
  query: SliceQuery,
  ground: Ground,
  lines: readonly number[],
): Promise<Rival> {
  const counts = new Map<string, Counts>();
  for (const line of lines) {
    for (const [id, count] of countsOf(await store.byHexagonAndCell(query, profile.resolution(query.kind), line))) {
      if (ground.get(id)?.weakDbm === line) counts.set(id, count);
    }
  }
  return { operator: query.operator ?? '', counts };
}

function countsOf(columns: Awaited<ReturnType<SamplePast['byHexagonAndCell']>>): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  columns.hex.forEach((hex, row) => {
    const id = idOf(hex);
    const known = counts.get(id) ?? { samples: 0, weak: 0 };
    counts.set(id, { samples: known.samples + columns.samples[row]!, weak: known.weak + columns.weak[row]! });
  });
  return counts;
}

async function readUnmeasured(
  store: JudgeOptions['store'],
  query: SliceQuery,
  hexagons: readonly string[],
  profile: Profile,
): Promise<Map<string, number>> {
  if (hexagons.length === 0) return new Map();
  const columns = await store.byHexagonAndCell(query, profile.borderResolution, 0, hexagons);
  const unmeasured = new Map<string, number>();
  columns.hex.forEach((hex, row) => {
    const id = idOf(hex);
    unmeasured.set(id, (unmeasured.get(id) ?? 0) + columns.unmeasured[row]!);
  });
  return unmeasured;
}

/** A rival's single samples in the marked places, so that both are compared in exactly the same hexagons. */
async function fineRival({ store }: JudgeOptions, rival: SliceQuery, places: readonly MarkedPlace[], own: SliceQuery) {
  const hexagons = places.flatMap((place) => [...place.hexagons, ...ringAround(place.hexagons)]);
  const samples = await readAreaSamples(store, { ...rival, band: own.band }, [...new Set(hexagons)]);
  const byLine = new Map<number, ReadonlyMap<string, Counts>>();
  const counts = (weakDbm: number) => {
    const known = byLine.get(weakDbm) ?? samples.countsByHexagon(weakDbm);
    byLine.set(weakDbm, known);
    return known;
  };
  return { operator: rival.operator ?? '', counts };
}
