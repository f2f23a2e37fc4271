// The map of the report as SVG: hexagons of one hue by weak share, outlines with their numbers, sites, a scale bar.

import { cellToBoundary, cellToLatLng } from 'h3-js';
import type { RankedArea } from '../../model/coverage.ts';
import { type Html, html } from '../../words/markup.ts';
import type { CoverageReport, ReportSite } from './report.ts';

const WIDTH = 936;
const HEIGHT = 528;
const PADDING = 28;
/** A map that shows less is hard to place: metres across. */
const LEAST_WIDTH_M = 1500;
const MOST_SITES = 2000;
const EARTH_METRES_PER_DEGREE = 111_320;
/** Lower ends of the steps of weak share. */
export const SHARE_STEPS = [0, 0.05, 0.1, 0.2, 0.35, 0.5] as const;

export const stepClass = (share: number): string =>
  `s${Math.round(100 * (SHARE_STEPS.findLast((from) => share >= from) ?? 0))}`;

/** Degrees to the picture: plate carrée, true to length at the middle latitude. */
interface Projection {
  x(lon: number): number;
  y(lat: number): number;
  /** Pixels for a metre. */
  scale: number;
}

export function reportMap({ hexagons, areas, sites }: CoverageReport, label: string): Html {
  const points = hexagons.id.map((id) => cellToLatLng(id));
  const place = project(points.length > 0 ? points : sites.map(({ lat, lon }) => [lat, lon]));
  const shown = sites.filter((site) => isInside(place, site.lat, site.lon)).slice(0, MOST_SITES);
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V5" stroke="#8c8b84"/></pattern></defs>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#faf9f5"/>
<g stroke="#fff" stroke-width="0.6">${hexagons.id.map((id, i) => hexagon(id, i, hexagons, place))}</g>
${shown.map((site) => flower(site, place))}
${areas.map((area) => outline(area, place))}
${areas.map((area, i) => numberOf(area, i + 1, place)).reverse()}
${scaleBar(place)}
</svg>`;
}

function project(points: readonly (readonly [number, number] | readonly number[])[]): Projection {
  const lats = points.map(([lat]) => lat!);
  const lons = points.map(([, lon]) => lon!);
  const [south, north] = extent(lats);
  const [west, east] = extent(lons);
  const [lat0, lon0] = [(south + north) / 2, (west + east) / 2];
  const narrowing = Math.cos((lat0 * Math.PI) / 180);
  const acrossM = Math.max(LEAST_WIDTH_M, (east - west) * EARTH_METRES_PER_DEGREE * narrowing);
  const upM = Math.max(LEAST_WIDTH_M / 2, (north - south) * EARTH_METRES_PER_DEGREE);
  const scale = Math.min((WIDTH - 2 * PADDING) / acrossM, (HEIGHT - 2 * PADDING) / upM);
  return {
    scale,
    x: (lon) => WIDTH / 2 + (lon - lon0) * EARTH_METRES_PER_DEGREE * narrowing * scale,
    y: (lat) => HEIGHT / 2 - (lat - lat0) * EARTH_METRES_PER_DEGREE * scale,
  };
}

function extent(values: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : [0, 0];
}

const isInside = (place: Projection, lat: number, lon: number): boolean => {
  const [x, y] = [place.x(lon), place.y(lat)];
  return x >= 0 && x <= WIDTH && y >= 0 && y <= HEIGHT;
};

const px = (value: number): string => value.toFixed(1);

function hexagon(id: string, i: number, hexagons: CoverageReport['hexagons'], place: Projection): Html {
  if (hexagons.samples[i]! < hexagons.leastSamples) {
    const [lat, lon] = cellToLatLng(id);
    return html`<circle cx="${px(place.x(lon))}" cy="${px(place.y(lat))}" r="1.2" fill="#5f6c77" stroke="none"/>`;
  }
  const points = cellToBoundary(id).map(([lat, lon]) => `${px(place.x(lon))},${px(place.y(lat))}`);
  if (hexagons.notJudged[i] === 1) return html`<polygon points="${points.join(' ')}" fill="url(#hatch)"/>`;
  return html`<polygon points="${points.join(' ')}" class="${stepClass(hexagons.weakShare[i]!)}"/>`;
}

function outline(area: RankedArea, place: Projection): Html {
  const rings = area.geometry.coordinates.flat();
  const path = rings.map(
    (ring) => `M${ring.map(([lon, lat]) => `${px(place.x(lon))} ${px(place.y(lat))}`).join('L')}Z`,
  );
  return html`<path d="${path.join('')}" fill="none" stroke="#16202a" stroke-width="1.6" stroke-linejoin="round"/>`;
}

/** At the north-western edge of the area, where it hides least of it. */
function numberOf(area: RankedArea, rank: number, place: Projection): Html {
  const corners = area.geometry.coordinates.flat(2).map(([lon, lat]) => [place.x(lon), place.y(lat)] as const);
  const [x, y] = corners.reduce(
    (best, next) => (next[0] + next[1] < best[0] + best[1] ? next : best),
    corners[0] ?? ([place.x(area.centre.lon), place.y(area.centre.lat)] as const),
  );
  const [cx, cy] = [Math.min(Math.max(x, 12), WIDTH - 12), Math.min(Math.max(y, 12), HEIGHT - 12)];
  return html`<circle cx="${px(cx)}" cy="${px(cy)}" r="10" fill="#fff" stroke="#16202a" stroke-width="1.4"/><text x="${px(cx)}" y="${px(cy + 4)}" text-anchor="middle" font-size="11" font-weight="600" fill="#16202a">${rank}</text>`;
}

function flower({ lat, lon, azimuths, name }: ReportSite, place: Projection): Html {
  const wedges = azimuths.map(
    (azimuth) =>
      html`<path transform="rotate(${azimuth})" d="M-1-1.4A2 2 0 0 1 1-1.4L3.4-4.6A5.7 5.7 0 0 0-3.4-4.6Z"/>`,
  );
  const shape = wedges.length > 0 ? wedges : html`<circle r="2.4"/>`;
  return html`<g transform="translate(${px(place.x(lon))} ${px(place.y(lat))})" fill="#5f6c77"><title>${name}</title>${shape}</g>`;
}

const BARS_M = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];

function scaleBar({ scale }: Projection): Html {
  const metres = BARS_M.findLast((length) => length * scale <= 130) ?? BARS_M[0]!;
  const [right, y] = [WIDTH - 18, HEIGHT - 16];
  const left = right - metres * scale;
  const text = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  return html`<path d="M${px(left)} ${y - 5}V${y}H${px(right)}V${y - 5}" fill="none" stroke="#46545f"/><text x="${px((left + right) / 2)}" y="${y - 8}" text-anchor="middle" font-size="11" fill="#46545f">${text}</text>`;
}
