// How large the flowers of the map are at each zoom.

/** From here on each carrier has a ring of its own. */
export const RINGS_FROM_ZOOM = 13;

/** How far from a site's centre its wedges may reach, in pixels. */
export function reachAt(zoom: number): number {
  return radiusAt(zoom) * (zoom >= RINGS_FROM_ZOOM ? 2.7 : 2);
}

/** Ground radius in pixels: small where a whole city is in view, larger where streets are. */
export function radiusAt(zoom: number): number {
  const points = [
    [10, 8],
    [11.2, 10.5],
    [13, 13],
    [16, 24],
  ] as const;
  const next = points.findIndex(([at]) => zoom < at);
  if (next === 0) return points[0][1];
  if (next < 0) return points[points.length - 1]![1];
  const [[z0, r0], [z1, r1]] = [points[next - 1]!, points[next]!];
  return r0 + ((zoom - z0) / (z1 - z0)) * (r1 - r0);
}
