// Distances and directions on the ground, on a sphere.

export interface GroundPoint {
  lat: number;
  lon: number;
}

/** Mean radius of the Earth, metres (IUGG). */
const EARTH_M = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance, metres (haversine). */
export function distanceM(a: GroundPoint, b: GroundPoint): number {
  const [up, right] = [radians(b.lat - a.lat) / 2, radians(b.lon - a.lon) / 2];
  const h = Math.sin(up) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(right) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Direction from `a` to `b` at its start, degrees from north, clockwise, 0…360. */
export function bearingDeg(a: GroundPoint, b: GroundPoint): number {
  const [from, to, turn] = [radians(a.lat), radians(b.lat), radians(b.lon - a.lon)];
  const east = Math.sin(turn) * Math.cos(to);
  const north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(turn);
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

/** The place that lies `metres` from `a` in a direction (degrees from north, clockwise). */
export function placeAt(a: GroundPoint, bearing: number, metres: number): GroundPoint {
  const [lat, lon, turn, far] = [radians(a.lat), radians(a.lon), radians(bearing), metres / EARTH_M];
  const up = Math.asin(Math.sin(lat) * Math.cos(far) + Math.cos(lat) * Math.sin(far) * Math.cos(turn));
  const east = Math.sin(turn) * Math.sin(far) * Math.cos(lat);
  const right = Math.atan2(east, Math.cos(far) - Math.sin(lat) * Math.sin(up));
  const degrees = (angle: number) => (angle * 180) / Math.PI;
  return { lat: degrees(up), lon: ((degrees(lon + right) + 540) % 360) - 180 };
}

/** The smaller angle between two directions, 0…180 degrees. */
export function turnDeg(a: number, b: number): number {
  const turn = Math.abs(a - b) % 360;
  return turn > 180 ? 360 - turn : turn;
}
