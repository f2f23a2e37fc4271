// Draws the border of a weak place between its weak samples and the good ones around, finer than the hexagons of judging.

import { cellToChildren, cellToParent, gridDisk } from 'h3-js';
import { components } from './components.ts';

export interface Counts {
  samples: number;
  weak: number;
}

export interface BorderAsk {
  /** Hexagons of judging that are weak, and those around them. */
  core: readonly string[];
  ring: readonly string[];
  resolution: number;
  /** Counts by fine hexagon. */
  fine: ReadonlyMap<string, Counts>;
  /** This share may be weak outside. */
  allowedShare: number;
}

/** Rings around a fine hexagon that may be looked at, until there are samples enough to tell inside from outside. */
const MOST_RINGS = 4;
const LEAST_NEAR = 5;
/** One-sided 95 %. */
const Z = 1.645;
/** Crumbs that hold less than this part of the weak samples are left out. */
const CRUMB = 0.1;
/** What lies inside is estimated anew from what the first border left. */
const PASSES = 2;

/**
 * Fine hexagons that remain when those whose neighbourhood is good are cut away from outside. A neighbourhood is good when
 * its weak share lies nearer to that outside than to that inside, so that the border runs where the share is half-way;
 * it is as wide as it must be to tell the two apart. Empty when nothing remains.
 */
export function fineBorder(ask: BorderAsk): string[] {
  let { inside, outside } = shares(ask);
  let left: string[] = [];
  for (let pass = 0; pass < PASSES; pass++) {
    left = withoutCrumbs(eroded(ask, inside, outside), ask.fine);
    inside = shareOf(left, ask.fine) ?? inside;
  }
  return left.sort();
}

function shares({ core, ring, resolution, fine, allowedShare }: BorderAsk) {
  const of = (hexagons: readonly string[]) =>
    shareOf(
      hexagons.flatMap((id) => cellToChildren(id, resolution)),
      fine,
    );
  const outside = of(ring);
  return { inside: of(core) ?? 1, outside: Math.min(allowedShare, outside ?? allowedShare) };
}

function shareOf(hexagons: readonly string[], fine: ReadonlyMap<string, Counts>): number | undefined {
  const { samples, weak } = sumOf(hexagons, fine);
  return samples === 0 ? undefined : weak / samples;
}

function sumOf(hexagons: readonly string[], fine: ReadonlyMap<string, Counts>): Counts {
  const sum = { samples: 0, weak: 0 };
  for (const id of hexagons) {
    const counts = fine.get(id);
    if (!counts) continue;
    sum.samples += counts.samples;
    sum.weak += counts.weak;
  }
  return sum;
}

function eroded({ core, ring, resolution, fine }: BorderAsk, inside: number, outside: number): Set<string> {
  const coarse = core.length === 0 ? new Set<string>() : new Set(core);
  const left = new Set([...core, ...ring].flatMap((id) => cellToChildren(id, resolution)));
  const isGood = judgeNear(fine, inside, outside);
  const parentResolution = resolutionOf(core);
  const isCore = (id: string) => coarse.has(cellToParent(id, parentResolution));
  const isCut = (id: string) => isGood(id) ?? !isCore(id);
  const queue = [...left].filter((id) => !isCore(id) || gridDisk(id, 1).some((next) => !left.has(next)));
  const seen = new Set(queue);
  for (let at = 0; at < queue.length; at++) {
    const id = queue[at]!;
    if (!isCut(id)) continue;
    left.delete(id);
    for (const next of gridDisk(id, 1)) {
      if (!left.has(next) || seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return left;
}

const resolutionOf = ([first]: readonly string[]) => Number((BigInt(`0x${first ?? '0'}`) >> 52n) & 15n);

/** Whether what lies around a fine hexagon is good; undefined when there are too few samples to say. */
function judgeNear(fine: ReadonlyMap<string, Counts>, inside: number, outside: number) {
  const gap = Math.max(0.01, inside - outside);
  const spread = Math.sqrt(inside * (1 - inside)) + Math.sqrt(outside * (1 - outside));
  // So many tell the two shares apart at the half-way line.
  const enough = Math.max(LEAST_NEAR, ((Z * spread) / gap) ** 2);
  return (id: string): boolean | undefined => {
    for (let rings = 1; rings <= MOST_RINGS; rings++) {
      const near = sumOf(gridDisk(id, rings), fine);
      if (near.samples >= enough) return near.weak / near.samples < (inside + outside) / 2;
    }
    return undefined;
  };
}

function withoutCrumbs(hexagons: ReadonlySet<string>, fine: ReadonlyMap<string, Counts>): string[] {
  const parts = components(hexagons);
  const weak = parts.map((part) => sumOf(part, fine).weak);
  const all = weak.reduce((sum, each) => sum + each, 0);
  return parts.filter((_, index) => weak[index]! > 0 && weak[index]! >= CRUMB * all).flat();
}
