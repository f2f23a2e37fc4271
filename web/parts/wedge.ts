// The wedge of a sector as the map and the pages draw it: 78° wide, longer the worse the cell does.

import type { Health } from '../../server/model/health.ts';

export const WEDGE_DEGREES = 78;

/** Length by health, in ground radii. */
export const WEDGE_GROWTH: Readonly<Record<Health, number>> = {
  ok: 1,
  warning: 1.45,
  minor: 1.6,
  major: 1.8,
  critical: 2,
  unknown: 1,
  saving: 1,
  planned: 1,
};

function point(degrees: number, radius: number): string {
  const angle = (degrees * Math.PI) / 180;
  return `${(radius * Math.sin(angle)).toFixed(2)} ${(-radius * Math.cos(angle)).toFixed(2)}`;
}

/** SVG path of a wedge around (0, 0); azimuth in degrees from north, clockwise. */
export function wedgePath(azimuth: number, inner: number, outer: number): string {
  const [from, to] = [azimuth - WEDGE_DEGREES / 2, azimuth + WEDGE_DEGREES / 2];
  return `M${point(from, inner)}L${point(from, outer)}A${outer} ${outer} 0 0 1 ${point(to, outer)}L${point(to, inner)}A${inner} ${inner} 0 0 0 ${point(from, inner)}Z`;
}

/** A ring, for cells that send all around. To be filled even-odd. */
export function ringPath(inner: number, outer: number): string {
  const circle = (r: number) => `M0 ${-r}A${r} ${r} 0 1 1 0 ${r}A${r} ${r} 0 1 1 0 ${-r}Z`;
  return circle(outer) + circle(inner);
}
