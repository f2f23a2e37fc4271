// What part of the world the map shows, as an address keeps it.

export interface View {
  lat: number;
  lon: number;
  zoom: number;
}

/** `11.52/36.0671/120.38`: what an address keeps of a view. */
export function writeView({ lat, lon, zoom }: View): string {
  return `${zoom.toFixed(2)}/${lat.toFixed(4)}/${lon.toFixed(4)}`;
}

export function readView(text: string | null): View | null {
  const [zoom, lat, lon] = (text ?? '').split('/').map(Number);
  if (zoom === undefined || lat === undefined || lon === undefined) return null;
  const valid = zoom >= 0 && zoom <= 22 && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  return valid ? { zoom, lat, lon } : null;
}
