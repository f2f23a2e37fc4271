// The scale bar: a round length that takes up to ninety pixels on the map.

const EARTH_CIRCUMFERENCE_M = 40_075_017;
const WORLD_PIXELS = 512;
const MOST_PIXELS = 90;

export function scaleAt(lat: number, zoom: number): { pixels: number; label: string } {
  const metresPerPixel = (EARTH_CIRCUMFERENCE_M * Math.cos((lat * Math.PI) / 180)) / (WORLD_PIXELS * 2 ** zoom);
  const most = metresPerPixel * MOST_PIXELS;
  const magnitude = 10 ** Math.floor(Math.log10(most));
  const metres = magnitude * ([5, 2, 1].find((factor) => factor * magnitude <= most) ?? 1);
  const label = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  return { pixels: metres / metresPerPixel, label };
}
