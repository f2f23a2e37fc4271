// Gives areas ids that last: an area is the stored one that it overlaps most; a new one is named after its slice and place.

import { cellToParent, getResolution } from 'h3-js';
import type { WeakArea } from '../model/coverage.ts';
import type { StoredArea } from '../model/sample-columns.ts';
import type { JudgedArea } from './judging.ts';

export interface NamedArea {
  area: WeakArea;
  coarse: string[];
  stored: StoredArea | undefined;
}

/** Each stored area goes on in at most one of these: in the one that holds most of its hexagons. */
export function named(areas: readonly JudgedArea[], slice: string, stored: readonly StoredArea[]): NamedArea[] {
  const known = stored.filter((one) => one.slice === slice);
  const taken = new Set<string>();
  const owners = new Map<JudgedArea, StoredArea>();
  for (const { area, one } of overlaps(areas, known)) {
    if (owners.has(area) || taken.has(one.id)) continue;
    owners.set(area, one);
    taken.add(one.id);
  }
  // An id that a stored area holds is not given again, whether or not that one goes on.
  const used = new Set(known.map(({ id }) => id));
  return areas.map((area) => {
    const { coarse, ...rest } = area;
    const owner = owners.get(area);
    const id = owner?.id ?? freshId(area, slice, used);
    used.add(id);
    return { area: { id, ...rest, since: Math.min(area.since, owner?.since ?? area.since) }, coarse, stored: owner };
  });
}

function overlaps(areas: readonly JudgedArea[], known: readonly StoredArea[]) {
  return areas
    .flatMap((area) => {
      const own = new Set(area.coarse);
      return known.map((one) => ({ area, one, shared: one.hexagons.filter((id) => own.has(id)).length }));
    })
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || (a.one.id < b.one.id ? -1 : 1));
}

/** `LTE-drive-8a394…`: the hexagon of judging in its middle, or the next one that is free. */
function freshId({ coarse, hexagons, centre: _ }: JudgedArea, slice: string, used: ReadonlySet<string>): string {
  const resolution = getResolution(coarse[0]!);
  const counts = new Map<string, number>();
  for (const id of hexagons) {
    const parent = getResolution(id) > resolution ? cellToParent(id, resolution) : id;
    counts.set(parent, (counts.get(parent) ?? 0) + 1);
  }
  const fullest = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([id]) => id);
  const name = slice
    .replace(/^ours\//, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const ids = fullest.map((id) => [name, id].filter(Boolean).join('-'));
  return ids.find((id) => !used.has(id)) ?? `${ids[0]}-${used.size}`;
}
