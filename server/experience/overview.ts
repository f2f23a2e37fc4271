// What can be said of everybody at once: stars by group, who is at risk, how strong the link to the network is.

import type { Said } from '../model/finding.ts';
import { DIMENSIONS, type Dimension } from '../model/star.ts';
import {
  atRiskBy,
  MOST_AT_RISK,
  type OpenAlert,
  type Outlook,
  outlookOf,
  type RiskSummary,
  worstCellOf,
} from './at-risk.ts';
import type { Everybody } from './everybody.ts';
import type { CellScores } from './impact.ts';
import { type Link, linkOf } from './link-evidence.ts';
import { movedBy, type Parted, partBy, type Scores, type Summary, starsOf, summarise } from './summary.ts';
import { NO_TIER } from './tier-weight.ts';

export type GroupKey = 'tier' | 'area' | 'plan' | 'cell';

/** Everybody's scores at the end of one local day, by person; NaN where nothing is known. */
export interface Standing {
  /** Data time, epoch milliseconds. */
  at: number;
  total: Scores;
  dimensions: Record<Dimension, Scores>;
  /** Share of each dimension in the person's score, 0…1. */
  weights: Record<Dimension, Scores>;
}

/** What the overview needs of scores; people by number, from 0. */
export interface Scoring extends CellScores {
  /** Rises when people or scores change. */
  readonly version: number;
  /** Larger is sooner. */
  priorityOf(person: number, outlookScore: number): number;
  /** Whole scores alone; undefined where no data reach back so far. */
  totals(daysAgo: number): Promise<Scores | undefined>;
  standing(daysAgo: number): Promise<Standing | undefined>;
}

export interface StarsOfAll extends Summary {
  at: number | null;
  moved: { id: Dimension; points: number }[];
  links: Link[];
}

export interface RiskOfAll extends Omit<RiskSummary, 'atRisk'> {
  at: number | null;
  subscribers: {
    subscriber: string;
    tier: string | null;
    stars: number;
    outlookScore: number;
    priority: number;
    why: Said;
  }[];
}

const DAYS_SHOWN = 28;
const WEEK_DAYS = 7;
const YEAR_MS = 365 * 86_400_000;
/** At or below: dissatisfied. Detractors by the usual reading of NPS; the lower two of five. */
const DISSATISFIED = { nps: 6, csat: 2 } as const;

export class Overview {
  private links: { version: number; found: Link[] } | undefined;
  private parted: { version: number; by: Map<string, Parted> } | undefined;

  constructor(
    private readonly everybody: Everybody,
    private readonly scoring: Scoring,
  ) {}

  /** @param areaOf key of the area of a cell */
  async stars(by: GroupKey, areaOf: (cell: string) => string): Promise<StarsOfAll> {
    const days: (Scores | undefined)[] = [];
    for (let daysAgo = DAYS_SHOWN - 1; daysAgo >= 0; daysAgo--) days.push(await this.scoring.totals(daysAgo));
    const [now, before] = [await this.scoring.standing(0), await this.scoring.standing(WEEK_DAYS)];
    const summary = summarise({
      groups: this.groups(by, areaOf),
      across: this.groups('tier', areaOf),
      now: now?.total ?? new Float32Array(this.everybody.size).fill(Number.NaN),
      before: before?.total,
      days,
    });
    return {
      ...summary,
      at: now?.at ?? null,
      moved: movedFrom(this.groups('tier', areaOf), before, now),
      links: this.linksOf(now),
    };
  }

  async atRisk(open: readonly OpenAlert[], areaOf: (cell: string) => string): Promise<RiskOfAll> {
    const now = await this.scoring.standing(0);
    if (!now) return { at: null, people: 0, groups: [], subscribers: [] };
    const scores = { total: now.total, network: now.dimensions.network };
    const outlook = outlookOf(scores, this.everybody, this.scoring, open);
    const { atRisk, ...risk } = atRiskBy(this.groups('area', areaOf), outlook, this.everybody);
    return { at: now.at, ...risk, subscribers: this.singlePeople(atRisk, outlook, now) };
  }

  private singlePeople(atRisk: readonly number[], outlook: Outlook, now: Standing): RiskOfAll['subscribers'] {
    const { everybody, scoring } = this;
    return atRisk
      .map((person) => ({ person, priority: scoring.priorityOf(person, outlook.scores[person]!) }))
      .sort((a, b) => b.priority - a.priority || a.person - b.person)
      .slice(0, MOST_AT_RISK)
      .map(({ person, priority }) => {
        const { outlookScore, cell, cellScore, share } = worstCellOf(person, outlook, everybody, scoring);
        return {
          subscriber: everybody.population.idOf(person),
          tier: everybody.tierOf(person),
          stars: starsOf(now.total[person]!) ?? 0,
          outlookScore: Math.round(outlookScore),
          priority: Math.round(priority * 100) / 100,
          why: cell === undefined ? { code: 'risk-other', values: {} } : riskOf(cell, cellScore, share),
        };
      });
  }

  private groups(by: GroupKey, areaOf: (cell: string) => string): Parted {
    const { everybody } = this;
    const { version } = everybody.population;
    if (this.parted?.version !== version) this.parted = { version, by: new Map() };
    const known = this.parted.by.get(by);
    if (known) return known;
    const parted = partBy(everybody.size, keyFor(by, everybody, areaOf));
    this.parted.by.set(by, parted);
    return parted;
  }

  private linksOf(now: Standing | undefined): Link[] {
    if (!now) return [];
    const { version } = this.scoring;
    if (this.links?.version !== version) this.links = { version, found: this.findLinks(now) };
    return this.links.found;
  }

  /** Over a year of data time. Complaints are a flag, for their number measures patience as much as trouble. */
  private findLinks(now: Standing): Link[] {
    const { population } = this.everybody;
    const since = now.at - YEAR_MS;
    const complained = new Float64Array(population.size);
    for (const { subscriber, at } of population.complaints.all()) {
      const person = population.indexOf(subscriber);
      if (person !== undefined && at >= since) complained[person] = 1;
    }
    const left = Uint8Array.from({ length: population.size }, (_, person) => (population.hasLeft(person) ? 1 : 0));
    const dissatisfied = this.dissatisfied(since);
    const network = Float64Array.from(now.dimensions.network, (score) => -score);
    return [
      known('left', 'network', network, left),
      known('left', 'complaints', complained, left),
      known('dissatisfied', 'network', network, dissatisfied),
      known('dissatisfied', 'complaints', complained, dissatisfied),
    ].filter((link) => link !== undefined);
  }

  /** By the newest survey of each: 1 or 0; 2 for those never asked. */
  private dissatisfied(since: number): Uint8Array {
    const { population } = this.everybody;
    const answers = new Uint8Array(population.size).fill(2);
    for (let person = 0; person < population.size; person++) {
      const [newest] = population.surveys.of(person);
      if (newest && newest.at >= since) answers[person] = newest.score <= DISSATISFIED[newest.scale] ? 1 : 0;
    }
    return answers;
  }
}

/** Of those of whom both the measure and the outcome are known. */
function known(outcome: Link['outcome'], measure: Link['measure'], risks: Float64Array, outcomes: Uint8Array) {
  const isKnown = (person: number) => outcomes[person]! < 2 && !Number.isNaN(risks[person]!);
  // Where nobody ever complained nothing can be said of complaints.
  if (measure === 'complaints' && !risks.includes(1)) return undefined;
  return linkOf(
    outcome,
    measure,
    risks.filter((_, person) => isKnown(person)),
    outcomes.filter((_, person) => isKnown(person)),
  );
}

function keyFor(by: GroupKey, everybody: Everybody, areaOf: (cell: string) => string) {
  const main = (person: number) => everybody.mainCellOf(person) ?? null;
  const area = (cell: string | null) => (cell === null ? null : areaOf(cell));
  const keys = {
    tier: (person: number) => everybody.tierOf(person) ?? NO_TIER,
    plan: (person: number) => everybody.population.planOf(person),
    cell: main,
    area: (person: number) => area(main(person)),
  };
  // Who has left is asked about the past alone.
  return (person: number) => (everybody.population.hasLeft(person) ? undefined : keys[by](person));
}

function movedFrom(counted: Parted, before: Standing | undefined, now: Standing | undefined): StarsOfAll['moved'] {
  if (!before || !now || before.total.length !== now.total.length) return [];
  return DIMENSIONS.map((id) => ({
    id,
    points: movedBy(counted, now.weights[id], now.dimensions[id], before.dimensions[id]),
  }));
}

function riskOf(cell: string, score: number, share: number): Said {
  return { code: 'risk-cell', values: { cell, score: Math.round(score), share: Math.round(share * 100) / 100 } };
}
