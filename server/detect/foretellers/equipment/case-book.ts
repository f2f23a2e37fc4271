// All cases that are open, and what was learned from those that are over: a model, a reach and a lead for each mode.

import type { Subject } from '../../../model/finding.ts';
import type { FaultMode } from '../../../model/prediction.ts';
import { type ModelState, ModeModel } from '../hazard/mode-model.ts';
import { priorOf } from '../hazard/priors.ts';
import { type Case, newCase } from './case.ts';

/** How firmly a mode's reach and lead are held at what they start from: as by so many faults. *Default.* */
const PRIOR_FAULTS = 8;
/** Open cases; further signs wait. */
const MOST_CASES = 20_000;

interface Learned {
  model: ModelState;
  /** Of faults that came: sums of how far they were on their way (1: as expected), of the logarithm of their lead in hours. */
  faults: number;
  reach: number;
  logLead: number;
}

export interface CaseBookState {
  cases: Case[];
  learned: [FaultMode, Learned][];
}

export class CaseBook {
  private readonly cases = new Map<string, Case>();
  private readonly bySubject = new Map<string, Set<Case>>();
  private readonly models = new Map<FaultMode, ModeModel>();
  private readonly learned = new Map<FaultMode, Omit<Learned, 'model'>>();

  constructor(state?: CaseBookState) {
    for (const one of state?.cases ?? []) this.keep(one);
    for (const [mode, { model, ...rest }] of state?.learned ?? []) {
      this.models.set(mode, new ModeModel(priorOf(mode), model));
      this.learned.set(mode, rest);
    }
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

  /** It is over, and is learned from, unless nobody can say what came of it. */
  close(one: Case, isKnown = true): void {
    this.drop(one);
    const hasCome = one.cameAt !== undefined || one.most >= 1;
    if (isKnown && one.seen.length > 0) this.model(one.mode).learn(one.seen, hasCome);
    if (one.cameAt !== undefined) this.note(one, one.cameAt);
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

  model(mode: FaultMode): ModeModel {
    const known = this.models.get(mode);
    if (known) return known;
    const model = new ModeModel(priorOf(mode));
    this.models.set(mode, model);
    return model;
  }

  /** By how much limits of a mode lie farther off here than they start from, as this network's faults showed. */
  reachFactor(mode: FaultMode): number {
    const { faults, reach } = this.learned.get(mode) ?? NONE;
    return Math.max(0.6, Math.min(1.6, (PRIOR_FAULTS + reach) / (PRIOR_FAULTS + faults)));
  }

  /** The lead of a mode's faults in hours, starting from `prior`. */
  leadHours(mode: FaultMode, prior: number): number {
    const { faults, logLead } = this.learned.get(mode) ?? NONE;
    return Math.exp((PRIOR_FAULTS * Math.log(prior) + logLead) / (PRIOR_FAULTS + faults));
  }

  save(): CaseBookState {
    const learned = [...this.models].map(([mode, { state }]): [FaultMode, Learned] => [
      mode,
      { model: state, ...(this.learned.get(mode) ?? NONE) },
    ]);
    return { cases: [...this.cases.values()], learned };
  }

  private note({ mode, since, most }: Case, cameAt: number): void {
    const { faults, reach, logLead } = this.learned.get(mode) ?? NONE;
    const hours = Math.max(0.1, (cameAt - since) / 3_600_000);
    this.learned.set(mode, {
      faults: faults + 1,
      reach: reach + Math.max(0.5, Math.min(2, most)) * this.reachFactor(mode),
      logLead: logLead + Math.log(hours),
    });
  }
}

const NONE = { faults: 0, reach: 0, logLead: 0 };
const keyOf = (mode: FaultMode, subject: string) => `${mode} ${subject}`;
