// Reads the section `kpis` of the deployment's file: KPIs of its own, and changes to those that ship.

import { dependencyOrder } from '../maths/dependency-order.ts';
import { compileExpression } from '../maths/expression.ts';
import { AGGREGATIONS, type Kpi, WORSE } from '../model/kpi.ts';
import type { Setting } from './file.ts';
import { type FormulaSetting, readFormulas } from './formulas.ts';

const FIELDS = [
  ...['name', 'unit', 'range', 'worse', 'aggregation', 'attempts', 'decimals', 'least_change', 'line', 'formulas'],
];
type Fields = ReadonlyMap<string, Setting>;

const ID = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/;
const LONGEST_TEXT = 100;
const MOST_DECIMALS = 6;

/** A KPI as the file leaves it, and where it stands there. */
interface Read {
  kpi: Kpi;
  setting: Setting;
  fields: Fields;
  formulas: readonly FormulaSetting[];
}

/**
 * All KPIs, the shipped ones first. Throws ConfigError at the line of the first mistake: an unknown key, a value out of
 * its bounds, a formula that is none, that cannot be summed, that asks for a KPI there is not, or that goes in a circle.
 *
 * @param counters names that the section `counters` gives: lower-case ones are counters by that, and no mistyped KPIs
 */
export function readKpis(section: Setting | undefined, shipped: readonly Kpi[], counters: ReadonlySet<string>): Kpi[] {
  const known = new Map(shipped.map((kpi) => [kpi.id, kpi]));
  const read = (section?.entries() ?? []).map(([id, setting]) => readKpi(id, setting, known.get(id)));
  const kpis = new Map([...known, ...read.map(({ kpi }) => [kpi.id, kpi] as const)]);
  for (const one of read) {
    checkAttempts(one, kpis);
    for (const formula of one.formulas) checkNames(formula, kpis, counters);
  }
  checkCircles(read, kpis);
  return [...kpis.values()];
}

function readKpi(id: string, setting: Setting, known: Kpi | undefined): Read {
  if (!known && !ID.test(id))
    setting.fail('must be a KPI id: lower-case words joined by _, the unit last, as in cell_edge_mbps');
  const fields = setting.map(FIELDS);
  const need = (name: string): Setting => fields.get(name) ?? setting.fail(`is a KPI of your own and needs ${name}`);
  const unit = fields.get('unit') ?? (known ? undefined : need('unit'));
  const bare: Kpi = {
    id,
    name: known && !fields.has('name') ? known.name : readName(need('name')),
    unit: unit ? readUnit(unit) : known!.unit,
    range: known && !fields.has('range') ? known.range : readRange(need('range')),
    worse: known && !fields.has('worse') ? known.worse : need('worse').oneOf(WORSE),
    aggregation: known && !fields.has('aggregation') ? known.aggregation : need('aggregation').oneOf(AGGREGATIONS),
    attempts: fields.get('attempts')?.text() ?? known?.attempts,
    decimals: readDecimals(fields.get('decimals')) ?? known?.decimals ?? 2,
    leastChange: known?.leastChange ?? 0,
    line: fields.get('line')?.number() ?? known?.line,
    formulas: known?.formulas ?? [],
  };
  checkLine(bare, fields, setting);
  const kpi = { ...bare, leastChange: readLeastChange(fields.get('least_change'), bare, setting) };
  const formulas = readFormulas(fields.get('formulas'), kpi);
  return { kpi: { ...kpi, formulas: formulas.all }, setting, fields, formulas: formulas.read };
}

/** One text for both languages, or `{en, zh}`. */
function readName(setting: Setting): Kpi['name'] {
  if (!setting.isMap) return { en: readText(setting), zh: setting.text() };
  const names = setting.map(['en', 'zh']);
  const first = names.get('en') ?? names.get('zh') ?? setting.fail('needs en, zh or both');
  return { en: readText(names.get('en') ?? first), zh: readText(names.get('zh') ?? first) };
}

function readText(setting: Setting): string {
  const text = setting.text();
  return text.length <= LONGEST_TEXT ? text : setting.fail(`must have at most ${LONGEST_TEXT} characters`);
}

/** `''` is a count or a bare number. */
function readUnit(setting: Setting): string {
  return setting.isBlank ? '' : readText(setting);
}

function readRange(setting: Setting): [number, number] {
  const ends = setting.list();
  if (ends.length !== 2) setting.fail('must be [lowest, highest]');
  const [low, high] = [ends[0]!.number(), ends[1]!.number()];
  return low < high ? [low, high] : setting.fail('must be [lowest, highest], the lower one first');
}

function readDecimals(setting: Setting | undefined): number | undefined {
  const decimals = setting?.number(0, MOST_DECIMALS);
  return decimals === undefined || Number.isInteger(decimals) ? decimals : setting!.fail('must be a whole number');
}

function checkLine({ line, range: [low, high] }: Kpi, fields: Fields, setting: Setting): void {
  if (line === undefined || (line >= low && line <= high)) return;
  (fields.get('line') ?? fields.get('range') ?? setting).fail(
    `puts the line ${line} outside the range ${low} to ${high}`,
  );
}

/** Where nothing is judged it only says how fine a chart is drawn. */
function readLeastChange(setting: Setting | undefined, kpi: Kpi, of: Setting): number {
  if (setting) {
    const change = setting.number(0);
    return change > 0 ? change : setting.fail('must be more than 0');
  }
  if (kpi.leastChange > 0) return kpi.leastChange;
  if (kpi.unit === '%') return 1;
  if (kpi.worse === 'none') return (kpi.range[1] - kpi.range[0]) / 100;
  return of.fail(`needs least_change, the smallest change that matters, in ${kpi.unit || 'its own unit'}`);
}

function checkAttempts({ kpi, fields, setting }: Read, kpis: ReadonlyMap<string, Kpi>): void {
  if (kpi.attempts === undefined) return;
  const attempts = kpis.get(kpi.attempts);
  const where = fields.get('attempts') ?? setting;
  if (!attempts) where.fail(`names ${kpi.attempts}, which is no KPI`);
  if (!['sum', 'mean'].includes(attempts!.aggregation)) {
    where.fail(`names ${kpi.attempts}, which is no count: its aggregation is ${attempts!.aggregation}`);
  }
}

/** A mistyped KPI would never be found: a name written like one must be one, or be declared as a counter. */
function checkNames(
  { formula, setting }: FormulaSetting,
  kpis: ReadonlyMap<string, Kpi>,
  counters: ReadonlySet<string>,
) {
  const strange = compileExpression(formula.expression).variables.find(
    (name) => ID.test(name) && !kpis.has(name) && !counters.has(name),
  );
  if (strange === undefined) return;
  setting.fail(
    `asks for ${strange}, which is no KPI; if it is a counter, say so under counters: ${strange}: ${strange}`,
  );
}

function checkCircles(read: readonly Read[], kpis: ReadonlyMap<string, Kpi>): void {
  const needs = (id: string) =>
    kpis.get(id)!.formulas.flatMap((formula) => compileExpression(formula.expression).variables);
  const { circle } = dependencyOrder([...kpis.keys()], needs);
  if (!circle) return;
  const blamed = read.find(({ kpi, formulas }) => formulas.length > 0 && circle.includes(kpi.id)) ?? read[0]!;
  (blamed.fields.get('formulas') ?? blamed.setting).fail(`goes in a circle: ${circle.join(' → ')}`);
}
