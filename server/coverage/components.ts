// Marked hexagons that touch are one place.

import { gridDisk } from 'h3-js';

/** Groups of hexagons of one resolution that touch each other; each group in order of id, largest group first. */
export function components(hexagons: Iterable<string>): string[][] {
  const left = new Set(hexagons);
  const groups: string[][] = [];
  for (const start of [...left].sort()) {
    if (!left.delete(start)) continue;
    const group = [start];
    // The group grows while it is walked.
    for (let at = 0; at < group.length; at++) {
      for (const next of gridDisk(group[at]!, 1)) if (left.delete(next)) group.push(next);
    }
    groups.push(group.sort());
  }
  return groups.sort((a, b) => b.length - a.length || (a[0]! < b[0]! ? -1 : 1));
}

/** The hexagons around a group, without it. */
export function ringAround(group: readonly string[]): string[] {
  const inside = new Set(group);
  return [...new Set(group.flatMap((id) => gridDisk(id, 1)))].filter((id) => !inside.has(id));
}
