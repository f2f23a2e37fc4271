// Reads the formulas of one KPI in the deployment's file: in place of those that ship, before them, or after them.

import { compileExpression } from '../maths/expression.ts';
import { ratioOf } from '../maths/ratio-of-sums.ts';
import { RADIOS } from '../model/cell.ts';
import type { Formula, Kpi } from '../model/kpi.ts';
import { meanOfBins } from '../model/shipped-formulas.ts';
import type { Setting } from './file.ts';

/** A formula of the file, and where it stands there. */
export interface FormulaSetting {
  formula: Formula;
  setting: Setting;
}

export interface ReadFormulas {
  /** Best first. */
  all: readonly Formula[];
  read: readonly FormulaSetting[];
}

const FIELDS = [
  'variant',
  'source',
  'radio',
  'whole',
  'expression',
  'numerator',
  'denominator',
  'scale',
  'mean_of_bins',
];
const VARIANT = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Of a formula that does not say so itself. */
const OWN = 'own';
const OWN_SOURCE = 'deployment';
const LONGEST_SOURCE = 200;
const MOST_BINS = 200;

/**
 * A formula is its text, `100 * L.Drops / L.Setups`, or a map with `variant`, `source`, `radio`, `whole` and one of
 * `expression` · `numerator`, `denominator`, `scale` (100 for a percentage) · `mean_of_bins: {counter, first, step, bins}`.
 * One, or a list, replaces what ships; `{first: …}` goes before it, `{add: …}` after it.
 *
 * @param kpi as the file leaves it, with the formulas that ship
 */
export function readFormulas(setting: Setting | undefined, kpi: Kpi): ReadFormulas {
  if (!setting) return { all: kpi.formulas, read: [] };
  const places = isPlaced(setting) ? setting.map(['first', 'add']) : undefined;
  const [first, add] = [places?.get('first'), places?.get('add')].map((place) => (place ? readList(place, kpi) : []));
  if (!places) {
    const read = readList(setting, kpi);
    checkVariants(read, []);
    return { all: read.map(({ formula }) => formula), read };
  }
  const read = [...first!, ...add!];
  checkVariants(read, kpi.formulas);
  return { all: [...first!, ...kpi.formulas, ...add!].map((one) => ('formula' in one ? one.formula : one)), read };
}

function isPlaced(setting: Setting): boolean {
  return setting.isMap && setting.entries().some(([name]) => name === 'first' || name === 'add');
}

function readList(setting: Setting, kpi: Kpi): FormulaSetting[] {
  const list = setting.isList ? setting.list() : [setting];
  return list.map((one) => ({ formula: readFormula(one, kpi), setting: one }));
}

function checkVariants(read: readonly FormulaSetting[], shipped: readonly Formula[]): void {
  const taken = new Set(shipped.map(({ variant }) => variant));
  for (const { formula, setting } of read) {
    if (taken.has(formula.variant))
      setting.fail(`is a second formula called ${formula.variant}: give it a variant of its own`);
    taken.add(formula.variant);
  }
}

function readFormula(setting: Setting, kpi: Kpi): Formula {
  if (!setting.isMap) {
    return { variant: OWN, source: OWN_SOURCE, expression: checked(setting.text(), setting, kpi) };
  }
  const fields = setting.map(FIELDS);
  const source = fields.get('source');
  const radio = fields.get('radio')?.oneOf(RADIOS);
  return {
    variant: readVariant(fields.get('variant')),
    source: source ? readSource(source) : OWN_SOURCE,
    expression: checked(readExpression(fields, setting, kpi), fields.get('expression') ?? setting, kpi),
    ...(radio && { radio }),
    ...(fields.get('whole')?.flag() && { whole: true as const }),
  };
}

function readVariant(setting: Setting | undefined): string {
  const variant = setting?.text() ?? OWN;
  return VARIANT.test(variant)
    ? variant
    : setting!.fail('must be lower-case words joined by -, as in huawei-by-releases');
}

function readSource(setting: Setting): string {
  const source = setting.text();
  return source.length <= LONGEST_SOURCE ? source : setting.fail(`must have at most ${LONGEST_SOURCE} characters`);
}

function readExpression(fields: ReadonlyMap<string, Setting>, setting: Setting, kpi: Kpi): string {
  const [expression, numerator, denominator, bins] = ['expression', 'numerator', 'denominator', 'mean_of_bins'].map(
    (name) => fields.get(name),
  );
  const ways = [expression, numerator ?? denominator, bins].filter(Boolean).length;
  if (ways !== 1) setting.fail('needs one of: expression; numerator and denominator; mean_of_bins');
  if (fields.has('scale') && !numerator) fields.get('scale')!.fail('goes with numerator and denominator');
  if (expression) return expression.text();
  if (bins) return readBins(bins);
  if (!numerator || !denominator) setting.fail('needs numerator and denominator, both');
  const scale = fields.get('scale')?.number(0) ?? (kpi.unit === '%' ? 100 : 1);
  const [over, under] = [compiledText(numerator!), compiledText(denominator!)];
  return `${scale} * (${over}) / (${under})`;
}

/** Compiled by itself, so that no parenthesis reaches into the other half. */
function compiledText(setting: Setting): string {
  try {
    return compileExpression(setting.text()).text;
  } catch (error) {
    return setting.fail(`must be a formula: ${(error as Error).message}`);
  }
}

function readBins(setting: Setting): string {
  const fields = setting.map(['counter', 'first', 'step', 'bins']);
  const need = (name: string) => fields.get(name) ?? setting.fail(`needs ${name}`);
  const bins = need('bins').number(1, MOST_BINS);
  if (!Number.isInteger(bins)) need('bins').fail('must be a whole number');
  return meanOfBins(need('counter').text(), need('first').number(), need('step').number(), bins);
}

function checked(expression: string, setting: Setting, kpi: Kpi): string {
  try {
    const { variables } = compileExpression(expression);
    if (variables.every((name) => name === 'period')) setting.fail('asks for no counter and no KPI');
  } catch (error) {
    if (error instanceof SyntaxError) setting.fail(`must be a formula: ${error.message}`);
    throw error;
  }
  if (kpi.aggregation === 'ratio-of-sums' && !ratioOf(expression)) {
    setting.fail(
      'cannot be pooled as a ratio of sums: write it as fractions of sums of counters, or choose another aggregation',
    );
  }
  return expression;
}
