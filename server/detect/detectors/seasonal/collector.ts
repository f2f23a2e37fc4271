// Whether cells of several sites that fell silent together may hang on a collector that failed, or are sites that failed.

import { distanceM, type GroundPoint } from '../../../maths/ground.ts';
import type { Cells } from './cells.ts';
import type { SeasonalProfile } from './profile.ts';
import type { Series } from './series.ts';

/** Of so few of a source's sites some fail within the same hour by chance, again and again. *Default.* */
const CHANCE_SHARE = 0.001;
/** What takes the power or the line of a district takes so many sites; of more it is of no use to tell each. *Default.* */
const MOST_OF_DISTRICT = 8;
/** In a district that is gone hardly a site goes on: at most so many for each that is gone. *Default.* */
const STILL_THERE = 0.25;
const SECTORS = 3;

/** Sites by name with where they stand; cells of which no site is known are counted apart. */
interface Sites {
  at: Map<string, GroundPoint | undefined>;
  unknown: number;
}

export class Collectors {
  constructor(
    private readonly cells: Cells,
    private readonly profile: SeasonalProfile,
    /** The memory of a KPI as a level, once there is one. */
    private readonly levels: (kpi: string) => Series | undefined,
  ) {}

  /** Enough sites for a collector: several, and more than fail by themselves at a time. */
  mayHaveFailed(memberSites: number, gone: readonly number[]): boolean {
    const sites = countSites(this.cells, gone);
    return sites >= this.profile.sharedGapSites && sites >= CHANCE_SHARE * memberSites;
  }

  /**
   * A few sites that stand together, among which hardly any other site of the source goes on, while most do elsewhere: what they
   * share is their place. Of sites whose place is not known that cannot be told.
   */
  isDistrict(members: Iterable<number>, gone: readonly number[]): boolean {
    const { at: lost, unknown } = sitesOf(this.cells, gone);
    const points = [...lost.values()].filter((point) => point !== undefined);
    if (unknown > 0 || points.length < lost.size || lost.size > MOST_OF_DISTRICT) return false;
    const all = sitesOf(this.cells, members).at;
    if (2 * lost.size >= all.size) return false;
    const centre = middleOf(points);
    const reach = Math.max(...points.map((point) => distanceM(centre, point)));
    const others = [...all].filter(([site, point]) => point && !lost.has(site) && distanceM(centre, point) <= reach);
    return others.length <= STILL_THERE * lost.size;
  }

  /** The cell ran on its battery when it was heard last: that is why it is gone, whoever collects from it. */
  hadNoMains(slot: number): boolean {
    const memory = this.levels('mains_on');
    const series = memory?.knownSeries(slot) ?? -1;
    if (!memory || series < 0) return false;
    const { lastAt, newest } = memory.columns.fields;
    return lastAt[series] === this.cells.columns.fields.lastAt[slot] && newest[series] === 0;
  }
}

/** How many sites these cells stand on; of those of which that is not known, three are taken for the sectors of one. */
export function countSites(cells: Cells, slots: Iterable<number>): number {
  const sites = new Set<string>();
  let unknown = 0;
  for (const slot of slots) {
    const site = cells.places.at(slot)?.siteId;
    if (site === undefined) unknown++;
    else sites.add(site);
  }
  return sites.size + Math.ceil(unknown / SECTORS);
}

function sitesOf(cells: Cells, slots: Iterable<number>): Sites {
  const at: Sites['at'] = new Map();
  let unknown = 0;
  for (const slot of slots) {
    const place = cells.places.at(slot);
    if (!place) {
      unknown++;
      continue;
    }
    const { siteId, lat, lon } = place;
    const isPlaced = lat !== undefined && lon !== undefined;
    if (!at.get(siteId)) at.set(siteId, isPlaced ? { lat, lon } : undefined);
  }
  return { at, unknown };
}

function middleOf(points: readonly GroundPoint[]): GroundPoint {
  const mean = (of: (point: GroundPoint) => number) => points.reduce((sum, each) => sum + of(each), 0) / points.length;
  return { lat: mean(({ lat }) => lat), lon: mean(({ lon }) => lon) };
}
