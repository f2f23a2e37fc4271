// What a planner's report is made from, and its facts in brief; csv, geojson and html show the same areas in the same order.

import type { CoverageHexagons, CoverageSlice, RankedArea } from '../../model/coverage.ts';
import type { ReportFacts } from '../../words/report.ts';
import { type Lang, sayIn } from '../../words/say.ts';

export interface ReportSite {
  name: string;
  lat: number;
  lon: number;
  azimuths: readonly number[];
}

export interface CoverageReport {
  /** In the order of the page. */
  areas: readonly RankedArea[];
  hexagons: CoverageHexagons;
  sites: readonly ReportSite[];
  /** The slice that the map shows; undefined while there are no samples. */
  slice: CoverageSlice | undefined;
  /** Data time of the window, epoch milliseconds. */
  from: number | null;
  to: number | null;
  cellName(id: string, lang: Lang): string;
  lang: Lang;
  /** IANA zone of the network. */
  zone: string;
}

export function nameOf(area: RankedArea, { lang, zone }: Pick<CoverageReport, 'lang' | 'zone'>): string {
  return sayIn(lang, area.place, { zone });
}

/** Shown numbers of people only: `<10` and `hidden` stay out of sums. */
export function peopleIn(areas: readonly RankedArea[]): number | undefined {
  const shown = areas.flatMap(({ people }) => (typeof people === 'number' ? [people] : []));
  return areas.some(({ people }) => people !== undefined) ? shown.reduce((sum, people) => sum + people, 0) : undefined;
}

export function factsOf(report: CoverageReport, line: string, firstRemedy: string | undefined): ReportFacts {
  const { areas, hexagons } = report;
  const people = peopleIn(areas);
  const first = areas[0];
  return {
    areas: areas.length,
    people,
    areasOfTwoThirds: people ? holdersOf(areas, (2 / 3) * people) : undefined,
    samples: hexagons.samples.reduce((sum, samples) => sum + samples, 0),
    hexagonsUnknown: hexagons.samples.filter((samples) => samples < hexagons.leastSamples).length,
    hexagonsNotJudged: hexagons.notJudged.reduce((sum, one) => sum + one, 0),
    line,
    ...(first && firstRemedy && { first: { name: nameOf(first, report), remedy: firstRemedy } }),
  };
}

/** The fewest areas that together hold so many people. */
function holdersOf(areas: readonly RankedArea[], wanted: number): number {
  const counts = areas.map(({ people }) => (typeof people === 'number' ? people : 0)).sort((a, b) => b - a);
  let held = 0;
  const last = counts.findIndex((people) => {
    held += people;
    return held >= wanted;
  });
  return last + 1;
}
