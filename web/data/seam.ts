// Mends land where the map was cut at 180° and at the pole: a cut is not a coast, and no edge runs across the world.

type Position = GeoJSON.Position;

const isCut = ([lon]: Position) => Math.abs(lon!) > 179.999;
const isPole = ([, lat]: Position) => lat! < -89.9;

/** A ring whose points on the cut lie on the side of their neighbours, −180 or 180: the data give either. */
export function onOneSide(ring: readonly Position[]): Position[] {
  const first = ring.find((point) => !isCut(point)) ?? ring[0];
  let side = Math.sign(first?.[0] ?? 1);
  return ring.map((point) => {
    if (isCut(point)) return [side * 180, point[1]!];
    side = Math.sign(point[0]!) || side;
    return point;
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
