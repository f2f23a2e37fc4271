// The sunrise nearest to a moment at a place.

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const radians = (degrees: number) => (degrees * Math.PI) / 180;
/** Where the middle of the sun stands when its upper edge is seen on the horizon, refraction included: degrees from the zenith. */
const ZENITH_DEG = 90.833;

/**
 * Epoch milliseconds, to a minute or two up to the polar circles; undefined where the sun does not rise on any of the days
 * around. (NOAA, General Solar Position Calculations: equation of time and declination as Fourier series of the day of the year.)
 *
 * @param at epoch milliseconds
 */
export function nearestSunrise(at: number, { lat, lon }: { lat: number; lon: number }): number | undefined {
  const today = Math.floor(at / DAY_MS) * DAY_MS;
  const rises = [-1, 0, 1].flatMap((day) => sunriseOf(today + day * DAY_MS, lat, lon) ?? []);
  return rises.sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0];
}

/** Of the UTC day that begins at `midnight`; it may fall outside of it far from Greenwich. */
function sunriseOf(midnight: number, lat: number, lon: number): number | undefined {
  const year = new Date(midnight).getUTCFullYear();
  const yearMs = Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1);
  const morningMs = DAY_MS / 4 - (lon / 360) * DAY_MS;
  const g = (2 * Math.PI * (midnight + morningMs - DAY_MS / 2 - Date.UTC(year, 0, 1))) / yearMs;
  const equationMinutes =
    229.18 *
    (0.000075 +
      0.001868 * Math.cos(g) -
      0.032077 * Math.sin(g) -
      0.014615 * Math.cos(2 * g) -
      0.040849 * Math.sin(2 * g));
  const declination =
    0.006918 -
    0.399912 * Math.cos(g) +
    0.070257 * Math.sin(g) -
    0.006758 * Math.cos(2 * g) +
    0.000907 * Math.sin(2 * g) -
    0.002697 * Math.cos(3 * g) +
    0.00148 * Math.sin(3 * g);
  const high = Math.cos(radians(ZENITH_DEG)) / (Math.cos(radians(lat)) * Math.cos(declination));
  const cosine = high - Math.tan(radians(lat)) * Math.tan(declination);
  if (!(Math.abs(cosine) <= 1)) return undefined;
  const hourAngleDeg = (Math.acos(cosine) * 180) / Math.PI;
  return midnight + (720 - 4 * (lon + hourAngleDeg) - equationMinutes) * MINUTE_MS;
}
