// The Shapley value: what each of a few players adds to a joint result, over all orders in which they may come.

/** 2^8 results are asked for at most. */
export const MOST_PLAYERS = 8;

/**
 * What each player's coming changes on the average over all orders; the values add up to `result(all) - result(none)`.
 * `result` is asked with a bit for each player that has come. Throws a RangeError beyond MOST_PLAYERS.
 * Shapley, A Value for n-Person Games, 1953.
 */
export function shapleyValues(players: number, result: (came: number) => number): number[] {
  if (players > MOST_PLAYERS) throw new RangeError(`${players} players: at most ${MOST_PLAYERS}`);
  const results = Array.from({ length: 2 ** players }, (_, came) => result(came));
  const weights = weightsOf(players);
  return Array.from({ length: players }, (_, player) => {
    const bit = 1 << player;
    return results.reduce(
      (sum, before, came) => (came & bit ? sum : sum + weights[bitsOf(came)]! * (results[came | bit]! - before)),
      0,
    );
  });
}

/** The share of all orders in which exactly these k came before the player: k! (n − k − 1)! / n!. */
function weightsOf(players: number): number[] {
  const weights: number[] = [];
  let ways = 1;
  for (let k = 0; k < players; k++) {
    weights.push(1 / (players * ways));
    ways = (ways * (players - 1 - k)) / (k + 1);
  }
  return weights;
}

function bitsOf(number: number): number {
  let bits = 0;
  for (let rest = number; rest > 0; rest >>= 1) bits += rest & 1;
  return bits;
}
