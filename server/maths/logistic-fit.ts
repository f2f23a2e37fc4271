// Logistic regression with a Gaussian prior: the weights that are most likely given both, by Newton's method.

/** One observation: features, 0 or 1, and how much it counts. */
export interface Observation {
  features: readonly number[];
  outcome: number;
  weight: number;
}

export interface GaussianPrior {
  mean: readonly number[];
  /** 1 / variance of each weight: how firmly it is held. All above 0. */
  precision: readonly number[];
}

const MOST_STEPS = 40;
const CLOSE_ENOUGH = 1e-7;

/** Maximum a posteriori (Bishop, Pattern Recognition and Machine Learning, 4.3.3 and 4.5.1); steps are halved until none makes it worse. */
export function logisticFit(observations: readonly Observation[], prior: GaussianPrior): number[] {
  let weights = [...prior.mean];
  let loss = lossOf(weights, observations, prior);
  for (let step = 0; step < MOST_STEPS; step++) {
    const move = newtonMove(weights, observations, prior);
    let [factor, next, nextLoss] = [1, weights, Number.POSITIVE_INFINITY];
    while (factor > 1e-4 && !(nextLoss <= loss)) {
      next = weights.map((weight, i) => weight + factor * move[i]!);
      nextLoss = lossOf(next, observations, prior);
      factor /= 2;
    }
    if (!(nextLoss < loss - CLOSE_ENOUGH)) return nextLoss <= loss ? next : weights;
    [weights, loss] = [next, nextLoss];
  }
  return weights;
}

export function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

export function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function lossOf(weights: readonly number[], observations: readonly Observation[], { mean, precision }: GaussianPrior) {
  let loss = weights.reduce((sum, one, i) => sum + 0.5 * precision[i]! * (one - mean[i]!) ** 2, 0);
  for (const { features, outcome, weight } of observations) {
    const value = dot(weights, features);
    // log(1 + e^v), without overflow.
    loss += weight * (Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value))) - outcome * value);
  }
  return loss;
}

function newtonMove(
  weights: readonly number[],
  observations: readonly Observation[],
  { mean, precision }: GaussianPrior,
): number[] {
  const slope = weights.map((one, i) => precision[i]! * (mean[i]! - one));
  const curve = weights.map((_, i) => weights.map((__, j) => (i === j ? precision[i]! : 0)));
  for (const { features, outcome, weight } of observations) {
    const p = logistic(dot(weights, features));
    for (let i = 0; i < weights.length; i++) {
      slope[i]! += weight * (outcome - p) * features[i]!;
      for (let j = 0; j < weights.length; j++) curve[i]![j]! += weight * p * (1 - p) * features[i]! * features[j]!;
    }
  }
  return solved(curve, slope);
}

/** Gaussian elimination of a positive definite system: no pivoting needed. */
function solved(matrix: number[][], right: number[]): number[] {
  const n = right.length;
  for (let i = 0; i < n; i++) {
    for (let row = i + 1; row < n; row++) {
      const factor = matrix[row]![i]! / matrix[i]![i]!;
      for (let j = i; j < n; j++) matrix[row]![j]! -= factor * matrix[i]![j]!;
      right[row]! -= factor * right[i]!;
    }
  }
  const solution = new Array<number>(n).fill(0);
  for (let i = n - 1; i >= 0; i--) {
    let rest = right[i]!;
    for (let j = i + 1; j < n; j++) rest -= matrix[i]![j]! * solution[j]!;
    solution[i] = rest / matrix[i]![i]!;
  }
  return solution;
}
