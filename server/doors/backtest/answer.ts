// The answer of a backtest: what would have fired beside what did, counted, and in words.

import type { BacktestAnswer, BacktestFiring, BacktestSide } from '../../api/contract.ts';
import type { Lang } from '../../api/doors.ts';
import { type Pair, type Stretch, sideBySide } from '../../detect/backtest/side-by-side.ts';
import type { Spell } from '../../detect/backtest/spells.ts';
import { DAY_MS } from '../../maths/local-time.ts';
import { type SayContext, sayIn } from '../../words/say.ts';
import { iso } from '../answers.ts';
import type { BacktestPlan } from './ask.ts';
import type { FiredStretch } from './fired.ts';
import type { RunResult } from './run.ts';

/** Rows of each outcome that are told. */
export const MOST_ROWS_EACH = 4000;

interface WouldStretch extends Stretch {
  spell: Spell;
}

export interface AnswerOptions {
  /** So far apart in time it is the same trouble. */
  slackMs: number;
  lang: Lang;
  context: SayContext;
}

export function answerOf(
  plan: BacktestPlan,
  { version, spells, tally }: RunResult,
  did: readonly FiredStretch[],
  { slackMs, lang, context }: AnswerOptions,
): BacktestAnswer {
  const asked = new Set(plan.cells);
  const would = spells.flatMap((spell) => wouldStretches(spell, asked, plan.to));
  const pairs = sideBySide(would, did, { byKind: plan.rule === undefined, slackMs });
  const counts = countsOf(pairs);
  const rows = fewOfEach(pairs).map((pair) => rowOf(pair, lang, context));
  const side = (fired: number) => sideOf(fired, (plan.to - plan.from) / DAY_MS, tally.cellDays);
  const { cellDays, oldestAt, ...readings } = tally;
  return {
    judge: version,
    from: iso(plan.from),
    to: iso(plan.to),
    cells: plan.cells.length,
    cellDays: rounded(cellDays),
    readings,
    learnedDays: plan.rule ? null : rounded(Math.max(0, plan.from - oldestAt) / DAY_MS),
    zone: context.zone,
    would: side(new Set(would.map(({ spell }) => spell)).size),
    did: side(new Set(did.map(({ alert }) => alert.id)).size),
    ...counts,
    rows,
    leftOff: pairs.length - rows.length,
  };
}

/** Of alerts and spells, however many cells each is about: one that is met on any of its cells is met. */
function countsOf(pairs: readonly Pair<WouldStretch, FiredStretch>[]) {
  const met = pairs.filter(({ outcome }) => outcome === 'both');
  const didMet = new Set(met.map(({ did }) => did!.alert.id));
  const wouldMet = new Set(met.map(({ would }) => would!.spell));
  const didAlone = pairs.flatMap(({ did }) => (did && !didMet.has(did.alert.id) ? [did.alert.id] : []));
  const wouldAlone = pairs.flatMap(({ would }) => (would && !wouldMet.has(would.spell) ? [would.spell] : []));
  return { both: didMet.size, onlyWould: new Set(wouldAlone).size, onlyDid: new Set(didAlone).size };
}

function wouldStretches(spell: Spell, asked: ReadonlySet<string>, to: number): WouldStretch[] {
  if (spell.from > to) return [];
  const { kind, from } = spell;
  return spell.cells.filter((cell) => asked.has(cell)).map((cell) => ({ cell, kind, from, to: spell.to, spell }));
}

function fewOfEach<P extends Pair<unknown, unknown>>(pairs: readonly P[]): P[] {
  const seen = { both: 0, 'only-would': 0, 'only-did': 0 };
  return pairs.filter(({ outcome }) => ++seen[outcome] <= MOST_ROWS_EACH);
}

function rowOf({ outcome, cell, would, did }: Pair<WouldStretch, FiredStretch>, lang: Lang, context: SayContext) {
  return {
    outcome,
    cell,
    would: would ? firingOfSpell(would.spell, lang, context) : null,
    did: did ? firingOfAlert(did, lang, context) : null,
  };
}

function firingOfSpell(spell: Spell, lang: Lang, context: SayContext): BacktestFiring {
  const { why, peakAt: at, periodSeconds } = spell;
  const values = { at, periodSeconds, ...why.values };
  return {
    kind: spell.kind,
    from: iso(spell.from),
    to: spell.to === null ? null : iso(spell.to),
    kpi: spell.kpi ?? null,
    peak: spell.peak,
    text: sayIn(lang, { code: why.code, values }, context),
  };
}

function firingOfAlert({ alert, from, to }: FiredStretch, lang: Lang, context: SayContext): BacktestFiring {
  return {
    kind: alert.kind,
    from: iso(from),
    to: to === null ? null : iso(to),
    kpi: alert.kpi ?? null,
    peak: alert.evidence.observed,
    text: sayIn(lang, alert.title, context),
    alert: alert.id,
  };
}

function sideOf(fired: number, days: number, cellDays: number): BacktestSide {
  return {
    fired,
    aDay: rounded(fired / days),
    aThousandCellDays: cellDays > 0 ? rounded((1000 * fired) / cellDays) : null,
  };
}

/** Hundredths: nobody reads further. */
const rounded = (value: number) => Math.round(value * 100) / 100;
