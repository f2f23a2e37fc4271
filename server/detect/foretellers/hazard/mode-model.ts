// How likely a sign leads to its fault: a logistic model with a prior, learned on from this network's own cases, and calibrated by them.

/** What a model starts from: weights, and how firmly each is held (a precision: what so many observations would give). */
export interface ModelPrior {
  weights: readonly number[];
  precision: readonly number[];
}

export interface ModelState {
  weights: number[];
  precision: number[];
  /** Platt's line over what was said before the outcome was known: `a + b · logit`. */
  line: number[];
  linePrecision: number[];
  /** Of this network: cases that are over, and those in which the fault came. */
  cases: number;
  came: number;
}

/** The line is held at "as said" as firmly as by so many outcomes. *Default.* */
const LINE_PRIOR: ModelPrior = { weights: [0, 1], precision: [4, 8] };
/** Nothing is certain. */
const MOST = 0.97;

export class ModeModel {
  readonly state: ModelState;

  constructor(prior: ModelPrior, state?: ModelState) {
    this.state = state ?? {
      ...{ weights: [...prior.weights], precision: [...prior.precision] },
      ...{ line: [...LINE_PRIOR.weights], linePrecision: [...LINE_PRIOR.precision], cases: 0, came: 0 },
    };
  }

  /** 0…1, calibrated. */
  probability(features: readonly number[]): number {
    const { line } = this.state;
    const p = logistic(line[0]! + line[1]! * dot(this.state.weights, features));
    return Math.min(MOST, Math.max(1 - MOST, p));
  }

  /** A case is over: `seen` are its features at the moments that decide, each judged before any of them is learned. */
  learn(seen: readonly (readonly number[])[], hasCome: boolean): void {
    const { state } = this;
    const outcome = hasCome ? 1 : 0;
    state.cases += 1;
    state.came += outcome;
    const said = seen.map((features) => [1, Math.max(-4, Math.min(4, dot(state.weights, features)))]);
    for (const each of said) step(state.line, state.linePrecision, each, outcome, 1 / seen.length);
    for (const features of seen) step(state.weights, state.precision, features, outcome, 1 / seen.length);
  }
}

/** One step of online Newton on the posterior with a diagonal precision (Spiegelhalter and Lauritzen 1990). */
function step(
  weights: number[],
  precision: number[],
  features: readonly number[],
  outcome: number,
  share: number,
): void {
  const p = logistic(dot(weights, features));
  for (let i = 0; i < weights.length; i++) {
    precision[i]! += share * p * (1 - p) * features[i]! ** 2;
    weights[i]! += (share * (outcome - p) * features[i]!) / precision[i]!;
  }
}

export function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

export function logit(p: number): number {
  const held = Math.min(0.98, Math.max(0.02, p));
  return Math.log(held / (1 - held));
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
