// How much an operator's tiers weigh where people are counted for impact, and their order; data that a deployment can read.

/** By name in lower case, lowest first. A tier is the operator's own; whoever has none, or one not listed, weighs 1. *Default.* */
export const TIER_WEIGHTS: readonly (readonly [weight: number, ...names: string[]])[] = [
  [1, 'unrated', 'none', '0', '未评级', '无'],
  [1, 'standard', '准星'],
  [1, '1', '1 star', '1-star', 'bronze', '1星', '一星'],
  [1, '2', '2 stars', '2-star', '1-2 stars', '2星', '二星'],
  [1.2, '3', '3 stars', '3-star', '3星', '三星'],
  [1.5, '4', '4 stars', '4-star', '4星', '四星'],
  [2, '5', '5 stars', '5-star', 'silver', '5星', '五星', '五星银', '银卡'],
  [2.5, '6', '6 stars', '6-star', 'gold', '6星', '六星', '五星金', '金卡'],
  [3, '7', '7 stars', '7-star', 'platinum', 'diamond', 'vip', '7星', '七星', '五星钻', '钻石卡'],
];

/** Who has no tier is counted under this name. */
export const NO_TIER = 'unrated';

/** Of tiers from here on people ask how many are hit: "gold and up". */
export const HIGH_TIER_WEIGHT = 2.5;

const BY_NAME = new Map(
  TIER_WEIGHTS.flatMap(([weight, ...names], rank) => names.map((name) => [name, { weight, rank }])),
);

const find = (tier: string | null | undefined) => BY_NAME.get(tier?.trim().toLowerCase() ?? '');

export function tierWeight(tier: string | null | undefined): number {
  return find(tier)?.weight ?? 1;
}

/** For sorting: those not listed come first, for nothing says that they are high. */
export function tierRank(tier: string | null | undefined): number {
  return find(tier)?.rank ?? -1;
}
