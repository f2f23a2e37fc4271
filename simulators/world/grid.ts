// Points of a hexagonal grid, moved a little, how far apart they are, and names as parts of ids.

import type { Random } from '../random.ts';
import type { Point } from './places.ts';

/** Point `step` of ring `ring` of a hexagonal grid. */
export function hexPoint(centre: Point, spacingKm: number, ring: number, step: number): Point {
  if (ring === 0) return centre;
  const corner = (side: number): Point => ({
    eastKm: ring * spacingKm * Math.cos((side * Math.PI) / 3),
    northKm: ring * spacingKm * Math.sin((side * Math.PI) / 3),
  });
  const from = corner(Math.floor(step / ring));
  const to = corner(Math.floor(step / ring) + 1);
  const share = (step % ring) / ring;
  return {
    eastKm: centre.eastKm + from.eastKm + share * (to.eastKm - from.eastKm),
    northKm: centre.northKm + from.northKm + share * (to.northKm - from.northKm),
  };
}

export function shifted({ eastKm, northKm }: Point, byKm: number, random: Random): Point {
  return { eastKm: eastKm + random.between(-byKm, byKm), northKm: northKm + random.between(-byKm, byKm) };
}

export function distanceKm(a: Point, b: Point): number {
  // Math.hypot is ten times slower, and this is asked millions of times.
  return Math.sqrt((a.eastKm - b.eastKm) ** 2 + (a.northKm - b.northKm) ** 2);
}

export function slug(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
