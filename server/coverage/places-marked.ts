// From marks to places: weak hexagons that touch make one place; what else is broken there belongs to it.

import type { CoverageRule } from '../model/coverage.ts';
import { components, ringAround } from './components.ts';
import type { Ground } from './ground.ts';
import type { Profile } from './profile.ts';

export type Marks = Map<CoverageRule, Set<string>>;

/** Rules that say the level is weak; the others say that it is worse than a rival's, or disturbed. */
const LEVEL_RULES: readonly CoverageRule[] = ['grid', 'cell', 'line'];
const OTHER_RULES: readonly CoverageRule[] = ['competitor', 'overlap', 'overshoot'];
/** A rule is the place's own when it is broken in this part of it. */
const TELLING_PART = 0.1;

export interface MarkedPlace {
  hexagons: string[];
  rules: CoverageRule[];
  /** The level is weak: its border can be drawn between weak and good samples. */
  isWeak: boolean;
}

/**
 * Hexagons with a weak level make places first; those around them that only break another rule are their fringe. Others
 * that touch each other make places of their own. No two places touch.
 */
export function placesMarked(marks: Marks, ground: Ground, profile: Profile): MarkedPlace[] {
  const weak = components(union(marks, LEVEL_RULES));
  const near = new Set(weak.flatMap((group) => [...group, ...ringAround(group)]));
  const others = components([...union(marks, OTHER_RULES)].filter((id) => !near.has(id)));
  return [
    ...weak.map((hexagons) => ({ hexagons, isWeak: true, rules: rulesOf(hexagons, marks, ground, profile) })),
    ...others.map((hexagons) => ({ hexagons, isWeak: false, rules: rulesOf(hexagons, marks, ground, profile) })),
  ];
}

function union(marks: Marks, rules: readonly CoverageRule[]): Set<string> {
  return new Set(rules.flatMap((rule) => [...(marks.get(rule) ?? [])]));
}

function rulesOf(hexagons: readonly string[], marks: Marks, ground: Ground, profile: Profile): CoverageRule[] {
  const part = (rule: CoverageRule) => hexagons.filter((id) => marks.get(rule)?.has(id)).length;
  const level = LEVEL_RULES.filter((rule) => part(rule) > 0);
  const others = OTHER_RULES.filter((rule) => part(rule) >= Math.max(1, TELLING_PART * hexagons.length));
  return [...(isCluster(hexagons, marks, ground, profile) ? ['cluster' as const] : []), ...level, ...others];
}

/** So many contiguous grids that are known, of which so many are weak. */
function isCluster(hexagons: readonly string[], marks: Marks, ground: Ground, { cluster, leastSamples }: Profile) {
  const weak = hexagons.filter((id) => marks.get('grid')?.has(id)).length;
  if (weak < cluster.weak) return false;
  const known = [...hexagons, ...ringAround(hexagons)].filter((id) => (ground.get(id)?.samples ?? 0) >= leastSamples);
  return (components(known)[0]?.length ?? 0) >= cluster.grids;
}
