// What to call a place: by the nearest of our sites, or by its coordinates.

import { bearingDeg, distanceM, type GroundPoint } from '../maths/ground.ts';
import type { Said } from '../model/finding.ts';
import type { CoverageSite } from './inventory.ts';

/** Nearer than this is at the site itself. */
const AT_SITE_M = 150;
/** Farther than this from any site, a name says nothing. */
const FARTHEST_M = 30_000;
export const BEARINGS = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'];

export function placeOf(centre: GroundPoint, sites: readonly CoverageSite[]): Said {
  let nearest: { site: CoverageSite; metres: number } | undefined;
  for (const site of sites) {
    const metres = distanceM(site, centre);
    if (!nearest || metres < nearest.metres) nearest = { site, metres };
  }
  if (!nearest || nearest.metres > FARTHEST_M) {
    return { code: 'place-coordinates', values: { lat: rounded(centre.lat), lon: rounded(centre.lon) } };
  }
  const { site, metres } = nearest;
  const name = { siteName: site.name, ...(site.nameZh === undefined ? {} : { siteNameZh: site.nameZh }) };
  if (metres < AT_SITE_M) return { code: 'place-at-site', values: name };
  const bearing = BEARINGS[Math.round(bearingDeg(site, centre) / 45) % 8]!;
  return { code: 'place-by-site', values: { ...name, awayM: Math.round(metres), bearing } };
}

/** Some ten metres. */
const rounded = (degrees: number) => Math.round(degrees * 1e4) / 1e4;
