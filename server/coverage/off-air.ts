// Rules faults out first: hexagons that were measured while the cell that usually serves them was off air are not judged.

import { cellToLatLng } from 'h3-js';
import { bearingDeg, distanceM, turnDeg } from '../maths/ground.ts';
import type { SliceQuery } from '../model/sample-columns.ts';
import { type Ground, type Hexagon, idOf, mostOf } from './ground.ts';
import { type CellDirectory, type CoverageCell, isPlacedCell } from './inventory.ts';
import type { Outage } from './outage.ts';
import type { Profile } from './profile.ts';
import type { SamplePast } from './sample-past.ts';

/** Outages that are looked at, those that lasted longest first; each costs a question to the store. */
const MOST_OUTAGES = 40;
/** A hexagon is not judged when at least this part of its samples was taken during the outage. */
const MOST_OF = 0.5;

/** Hexagons that are not judged, with the outage that is why. */
export async function notJudged(
  store: Pick<SamplePast, 'byHexagonAndCell'>,
  query: SliceQuery,
  ground: Ground,
  around: { profile: Profile; cells: CellDirectory; outages: readonly Outage[] },
): Promise<Map<string, Outage>> {
  const { profile, cells } = around;
  const found = new Map<string, Outage>();
  for (const outage of longest(around.outages, query, cells)) {
    const isUsual = usualServer(outage.cell, cells);
    const usual = [...ground.values()].filter(isUsual).map(({ id }) => id);
    if (usual.length === 0) continue;
    const span = { ...query, from: Math.max(query.from, outage.from), to: Math.min(query.to, outage.to ?? query.to) };
    const resolution = profile.resolution(query.kind);
    const during = await store.byHexagonAndCell(span, resolution, profile.line.weakDbm[query.radio ?? 'LTE'], usual);
    const samples = new Map<string, number>();
    during.hex.forEach((hex, row) => {
      const id = idOf(hex);
      samples.set(id, (samples.get(id) ?? 0) + during.samples[row]!);
    });
    for (const [id, count] of samples) {
      if (count > 0 && count >= MOST_OF * (ground.get(id)?.samples ?? 0)) found.set(id, outage);
    }
  }
  return found;
}

/** Those that fall into the window, of the same technology. */
function longest(outages: readonly Outage[], { from, to, radio }: SliceQuery, cells: CellDirectory): Outage[] {
  const span = (outage: Outage) => Math.min(to, outage.to ?? to) - Math.max(from, outage.from);
  const isSame = ({ cell }: Outage) => {
    const known = cells.cell(cell)?.radio ?? null;
    return radio === null || known === null || known === radio;
  };
  return outages
    .filter((outage) => span(outage) > 0 && isSame(outage))
    .sort((a, b) => span(b) - span(a) || (a.cell < b.cell ? -1 : 1))
    .slice(0, MOST_OUTAGES);
}

/**
 * A cell usually serves a hexagon where most samples name it; or, since others serve while it is off air, where it is
 * nearest and looks that way.
 */
function usualServer(cell: string, cells: CellDirectory): (hexagon: Hexagon) => boolean {
  const known = cells.cell(cell);
  const sites = isPlacedCell(known) ? cells.sites() : [];
  return (hexagon) => {
    const heard = new Map(hexagon.heard.flatMap((one) => (one.cell === undefined ? [] : [[one.cell, one.samples]])));
    if (mostOf(heard) === cell) return true;
    if (!isPlacedCell(known)) return false;
    return facesNearest(known, hexagon.id, sites);
  };
}

/** Half of the sector that one of three antennas serves, with some overlap. */
const FACES_DEG = 70;
/** Positions of cells of one site may differ by so much. */
const SAME_SITE_M = 30;

function facesNearest(
  cell: CoverageCell & { lat: number; lon: number },
  hexagon: string,
  sites: readonly { lat: number; lon: number }[],
): boolean {
  const [lat, lon] = cellToLatLng(hexagon);
  const place = { lat, lon };
  if (cell.azimuthDeg !== undefined && turnDeg(bearingDeg(cell, place), cell.azimuthDeg) > FACES_DEG) return false;
  const own = distanceM(cell, place);
  return sites.every((site) => distanceM(site, place) >= own - SAME_SITE_M);
}
