// All cases that are open, the examples of those that are over, and the models in force by which new ones are judged.

import type { Subject } from '../../../model/finding.ts';
import type { CaseParameters, Example, LearnedModel, SequenceParameters } from '../../../model/learning.ts';
import type { FaultMode } from '../../../model/prediction.ts';
import { shippedModel } from '../hazard/priors.ts';
import { type Case, newCase } from './case.ts';

/** Open cases; further signs wait. */
const MOST_CASES = 20_000;
/** Examples of each mode that are remembered: the newest ones. */
const MOST_EXAMPLES = 1500;
/** Courses that have gone this part of the way are counted among cases like those that are told. */
const LEAST_COUNTED = 0.3;
const HOUR_MS = 3_600_000;

/** Cases of a mode that went some of the way and are over, and those in which the fault came. */
export interface CaseTally {
  cases: number;
  came: number;
}

export interface CaseBookState {
  cases: Case[];
  /** Absent in a memory of before they were kept. */
  examples?: Example[];
  tallies?: [FaultMode, CaseTally][];
}

export class CaseBook {
  private readonly cases = new Map<string, Case>();
  private readonly bySubject = new Map<string, Set<Case>>();
  private readonly models = new Map<FaultMode, LearnedModel<CaseParameters>>();
  private sequencesVersion = 1;
  private readonly examplesOf = new Map<FaultMode, Example[]>();
  private readonly tallies: Map<FaultMode, CaseTally>;

  constructor(state?: CaseBookState) {
    for (const one of state?.cases ?? []) this.keep(one);
    for (const one of state?.examples ?? []) this.remember(one);
    this.tallies = new Map(state?.tallies);
  }

  get(mode: FaultMode, subject: string): Case | undefined {
    return this.cases.get(keyOf(mode, subject));
  }

  /** Of the cell or site. */
  of(subject: string): Iterable<Case> {
    return this.bySubject.get(subject) ?? [];
  }

  all(): Iterable<Case> {
    return this.cases.values();
  }

  get size(): number {
    return this.cases.size;
  }

  /** Undefined where there are too many. */
  open(mode: FaultMode, subject: Subject, since: number): Case | undefined {
    if (this.cases.size >= MOST_CASES) return undefined;
    const one = newCase(mode, subject, since);
    this.keep(one);
    return one;
  }

  /** It is over, and becomes an example, unless nobody can say what came of it. */
  close(one: Case, isKnown = true): void {
    this.drop(one);
    if (!isKnown || one.seen.length === 0) return;
    const { mode, subject, since, lastAt, cameAt, seen, most } = one;
    const came = cameAt !== undefined || most >= 1;
    const leadHours = cameAt === undefined ? null : Math.max(0.1, (cameAt - since) / HOUR_MS);
    this.count(one, came);
    // Sequences of alarms are learned from the history of alarms.
    if (mode === 'other') return;
    this.remember({
      ...{ mode, subject: subject.id, since, endedAt: Math.max(lastAt, cameAt ?? 0), seen, came, leadHours },
      most: most * this.reachFactor(mode),
    });
  }

  drop(one: Case): void {
    this.cases.delete(keyOf(one.mode, one.subject.id));
    const all = this.bySubject.get(one.subject.id);
    all?.delete(one);
    if (all?.size === 0) this.bySubject.delete(one.subject.id);
  }

  keep(one: Case): void {
    this.cases.set(keyOf(one.mode, one.subject.id), one);
    const all = this.bySubject.get(one.subject.id);
    if (all) all.add(one);
    else this.bySubject.set(one.subject.id, new Set([one]));
  }

  /** All at once; a name that is taken over is forgotten. */
  rename(names: ReadonlyMap<string, string>): void {
    const moving = [...names].flatMap(([from, to]) => [...this.of(from)].map((one) => ({ one, to })));
    for (const { one } of moving) this.drop(one);
    for (const to of names.values()) for (const one of [...this.of(to)]) this.drop(one);
    for (const { one, to } of moving) this.keep({ ...one, subject: { ...one.subject, id: to } });
  }

  /** From now on these are in force; modes that are not among them are judged as shipped. */
  adopt(models: readonly LearnedModel[]): void {
    this.models.clear();
    for (const model of models) {
      if (isOfSequences(model)) this.sequencesVersion = model.version;
      else this.models.set(model.mode, model as LearnedModel<CaseParameters>);
    }
  }

  /** Of the model in force. */
  version(mode: FaultMode): number {
    return mode === 'other' ? this.sequencesVersion : this.model(mode).version;
  }

  model(mode: FaultMode): LearnedModel<CaseParameters> {
    const known = this.models.get(mode) ?? shippedModel(mode);
    this.models.set(mode, known);
    return known;
  }

  examples(): Example[] {
    return [...this.examplesOf.values()].flat();
  }

  tally(mode: FaultMode): CaseTally {
    return this.tallies.get(mode) ?? { cases: 0, came: 0 };
  }

  /** By how much limits of a mode lie farther off here than shipped, as this network's faults showed. */
  reachFactor(mode: FaultMode): number {
    return this.model(mode).parameters.reach;
  }

  /** The lead of a mode's faults in hours, `prior` unless this network has shown another. */
  leadHours(mode: FaultMode, prior: number): number {
    return this.model(mode).parameters.leadHours ?? prior;
  }

  save(): CaseBookState {
    return { cases: [...this.cases.values()], examples: this.examples(), tallies: [...this.tallies] };
  }

  /** What has hardly begun is no case like one that is told: most of those were noise. */
  private count({ mode, course, most }: Case, came: boolean): void {
    if (course && most < LEAST_COUNTED) return;
    const { cases, came: ofThem } = this.tally(mode);
    this.tallies.set(mode, { cases: cases + 1, came: ofThem + Number(came) });
  }

  private remember(example: Example): void {
    const own = this.examplesOf.get(example.mode) ?? [];
    this.examplesOf.set(example.mode, own);
    own.push(example);
    if (own.length > MOST_EXAMPLES) own.shift();
  }
}

export const isOfSequences = (model: LearnedModel): model is LearnedModel<SequenceParameters> =>
  'counts' in model.parameters;

const keyOf = (mode: FaultMode, subject: string) => `${mode} ${subject}`;
