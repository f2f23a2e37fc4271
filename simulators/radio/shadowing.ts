// Shadows of trees and houses: a smooth field of random levels over the map, the same for the same seed.

import type { Point } from '../world/places.ts';

/** How far apart two places are that know nothing of each other. */
const KNOT_KM = 0.18;

/** A whole number 0 … 2^32 − 1 from two, and the field's own. */
function scatter(east: number, north: number, key: number): number {
  let value = Math.imul(east, 0x27d4eb2d) ^ Math.imul(north, 0x165667b1) ^ key;
  value = Math.imul(value ^ (value >>> 15), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** About normal, mean 0 and spread 1: the sum of four even numbers. */
function knot(east: number, north: number, key: number): number {
  const bits = scatter(east, north, key);
  const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
  return (sum - 510) / 147.8;
}

/** Level of the field `key` at a point: mean 0, spread about 0.8, smooth between knots (cubic ease, two dimensions). */
export function shadow({ eastKm, northKm }: Point, key: number, knotKm = KNOT_KM): number {
  const x = eastKm / knotKm;
  const y = northKm / knotKm;
  const east = Math.floor(x);
  const north = Math.floor(y);
  const u = ease(x - east);
  const v = ease(y - north);
  const south = knot(east, north, key) * (1 - u) + knot(east + 1, north, key) * u;
  const above = knot(east, north + 1, key) * (1 - u) + knot(east + 1, north + 1, key) * u;
  return south * (1 - v) + above * v;
}

function ease(share: number): number {
  return share * share * (3 - 2 * share);
}

/** Share of a standard normal below `value` (logistic approximation, within 0.01). */
export function upTo(value: number): number {
  return 1 / (1 + Math.exp(-1.702 * value));
}
