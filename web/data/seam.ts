// Mends land where the map was cut at 180° and at the pole: a cut is not a coast, and no edge runs across the world.

type Position = GeoJSON.Position;

const isCut = ([lon]: Position) => Math.abs(Math.abs(lon!) - 180) < 0.001;
const isPole = ([, lat]: Position) => lat! < -89.9;

/** A ring without jumps around the world: where it passes 180° it goes on beyond, and the map wraps it. */
export function unwrapped(ring: readonly Position[]): Position[] {
  let last = ring[0]?.[0] ?? 0;
  return ring.map(([lon, lat]) => {
    last = lon! - 360 * Math.round((lon! - last) / 360);
    return [last, lat!];
  });
}

/** The coast of a ring as lines: without the edges that only close it along the cut or the pole. */
export function coastLines(ring: readonly Position[]): Position[][] {
  const lines: Position[][] = [];
  let line: Position[] = [];
  for (const point of ring) {
    const last = line.at(-1);
    if (last && ((isCut(last) && isCut(point)) || (isPole(last) && isPole(point)))) {
      lines.push(line);
      line = [];
    }
    line.push(point);
  }
  return [...lines, line].filter(({ length }) => length > 1);
}
