// How alike two texts are, by the pairs of letters that they share (the coefficient of Sørensen and Dice).

/** 0 for nothing in common, 1 for the same pairs of letters as often; texts of less than two letters have none. */
export function bigramSimilarity(a: string, b: string): number {
  const pairs = pairsOf(a);
  const total = Math.max(a.length - 1, 0) + Math.max(b.length - 1, 0);
  let shared = 0;
  for (let i = 0; i + 1 < b.length; i++) {
    const pair = b.slice(i, i + 2);
    const left = pairs.get(pair) ?? 0;
    if (left === 0) continue;
    pairs.set(pair, left - 1);
    shared++;
  }
  return total === 0 ? 0 : (2 * shared) / total;
}

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < text.length; i++) {
    const pair = text.slice(i, i + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}
