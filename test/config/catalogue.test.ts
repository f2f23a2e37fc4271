// A deployment's own KPIs and counter names: what is right is in force, what is wrong is told by file and line.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../server/config/catalogue.ts';
import { ConfigError, readConfigFile } from '../../server/config/file.ts';
import { KPI_CATALOGUE, SHIPPED_CATALOGUE } from '../../server/model/catalogue.ts';

const FILE = 'cellstar.yaml';
const read = (text: string) => readCatalogue(readConfigFile(text, FILE).map(['kpis', 'counters', 'objects']));
const kpiOf = (text: string, id: string) => read(text).kpis.find((kpi) => kpi.id === id)!;

const OWN = `kpis:
  erab_drop_huawei_pct:
    name: {en: E-RAB drop rate, zh: E-RAB 掉线率}
    unit: '%'
    worse: higher
    range: [0, 100]
    aggregation: ratio-of-sums
    attempts: session_releases
    formulas:
      - variant: huawei
        numerator: L.E-RAB.AbnormRel
        denominator: L.E-RAB.AbnormRel + L.E-RAB.NormRel
        source: eRAN KPI reference
`;

describe('the file adds', () => {
  it('a KPI with its formula, its ratio taken as percent', () => {
    expect(kpiOf(OWN, 'erab_drop_huawei_pct')).toEqual({
      id: 'erab_drop_huawei_pct',
      name: { en: 'E-RAB drop rate', zh: 'E-RAB 掉线率' },
      ...{ unit: '%', range: [0, 100], worse: 'higher', aggregation: 'ratio-of-sums', attempts: 'session_releases' },
      ...{ decimals: 2, leastChange: 1, line: undefined },
      formulas: [
        {
          variant: 'huawei',
          source: 'eRAN KPI reference',
          expression: '100 * (L.E-RAB.AbnormRel) / (L.E-RAB.AbnormRel + L.E-RAB.NormRel)',
        },
      ],
    });
  });

  it('formulas in place of those that ship, before them or after them', () => {
    const variants = (formulas: string) =>
      kpiOf(`kpis: {latency_ms: {formulas: ${formulas}}}`, 'latency_ms').formulas.map(({ variant }) => variant);
    const shipped = KPI_CATALOGUE.find(({ id }) => id === 'latency_ms')!.formulas.map(({ variant }) => variant);
    expect(variants('My.Delay / 1000')).toEqual(['own']);
    expect(variants('[{variant: a, expression: A.x}, {variant: b, expression: B.x}]')).toEqual(['a', 'b']);
    expect(variants('{first: My.Delay}')).toEqual(['own', ...shipped]);
    expect(variants('{add: [{variant: late, expression: My.Delay}]}')).toEqual([...shipped, 'late']);
  });

  it('a level from the bins of a distribution', () => {
    const text = 'kpis: {rsrp_dbm: {formulas: {mean_of_bins: {counter: L1M.SS-RSRP, first: -120, step: 10, bins: 3}}}}';
    expect(kpiOf(text, 'rsrp_dbm').formulas[0]!.expression).toBe(
      '(-120 * L1M.SS-RSRP.Bin0 - 110 * L1M.SS-RSRP.Bin1 - 100 * L1M.SS-RSRP.Bin2) / (L1M.SS-RSRP.Bin0 + L1M.SS-RSRP.Bin1 + L1M.SS-RSRP.Bin2)',
    );
  });

  it('another line, range, unit or direction to a KPI that ships, and leaves the rest as it was', () => {
    const shipped = KPI_CATALOGUE.find(({ id }) => id === 'dl_throughput_mbps')!;
    expect(kpiOf('kpis: {dl_throughput_mbps: {line: 5, range: [0, 500]}}', 'dl_throughput_mbps')).toEqual({
      ...shipped,
      ...{ line: 5, range: [0, 500] },
    });
  });

  it('names of counters, as text or as a number, with a factor where the unit differs', () => {
    expect(read(`counters: {'1526728227': L.UECNTX.AbnormRel, 15267: {name: DRB.IPVolDl, scale: 8}}`).counters).toEqual(
      [
        { sent: '1526728227', name: 'L.UECNTX.AbnormRel', scale: 1 },
        { sent: '15267', name: 'DRB.IPVolDl', scale: 8 },
      ],
    );
  });

  it('what the README shows', () => {
    const [, section] = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').split('## Your own KPIs');
    const { counters, kpis } = read(/```yaml\n([\s\S]*?)```/.exec(section!)![1]!);
    expect(counters.length).toBe(3);
    expect(kpis.length).toBe(KPI_CATALOGUE.length + 1);
  });

  it('to the version a stamp of its own, the same for the same content', () => {
    expect(read('')).toBe(SHIPPED_CATALOGUE);
    expect(read('kpis:\ncounters: {}')).toBe(SHIPPED_CATALOGUE);
    const { version } = read(OWN);
    expect(version).toMatch(/^20\d\d\.\d\+[0-9a-f]{8}$/);
    expect(read(`# the same, said again\n${OWN}`).version).toBe(version);
    expect(read(OWN.replace('higher', 'lower')).version).not.toBe(version);
  });
});

const own = (change: Record<string, string | undefined>) => {
  const fields = { name: 'Mine', unit: 's', range: '[0, 9]', worse: 'higher', aggregation: 'mean', least_change: '1' };
  const lines = Object.entries({ ...fields, ...change }).filter(([, value]) => value !== undefined);
  return `kpis:\n  my_own_s:\n${lines.map(([key, value]) => `    ${key}: ${value}`).join('\n')}`;
};

/** Each wrong file, the line to look at, and what is said. */
const WRONG: [string, number, RegExp][] = [
  ['kpis: [1]', 1, /kpis must be a map/],
  ['kpis:\n  Drop: {line: 1}', 2, /must be a KPI id/],
  ['kpis:\n  my_own_s: {unit: s}', 2, /needs name/],
  [own({ range: undefined }), 2, /needs range/],
  [own({ colour: 'red' }), 9, /colour is not known here; known are name/],
  [own({ range: '[9, 0]' }), 5, /the lower one first/],
  [own({ range: '[1]' }), 5, /\[lowest, highest\]/],
  [own({ range: '[a, b]' }), 5, /must be a number/],
  [own({ worse: 'sideways' }), 6, /must be one of higher, lower/],
  [own({ aggregation: 'median' }), 7, /must be one of ratio-of-sums/],
  [own({ least_change: '0' }), 8, /must be more than 0/],
  [own({ least_change: undefined }), 2, /needs least_change/],
  [own({ line: '10' }), 9, /the line 10 outside the range 0 to 9/],
  [own({ decimals: '1.5' }), 9, /must be a whole number/],
  [own({ attempts: 'no_such_s' }), 9, /names no_such_s, which is no KPI/],
  [own({ attempts: 'prb_util_pct' }), 9, /no count: its aggregation is weighted-mean/],
  ['kpis:\n  drop_rate_pct:\n    range: [0, 0.1]', 3, /the line 0.5 outside/],
  [own({ formulas: 'A.b +' }), 9, /must be a formula.*ends too early/],
  [own({ formulas: '3 * 4' }), 9, /asks for no counter/],
  [own({ formulas: '[{expression: A.b, numerator: A.c}]' }), 9, /needs one of/],
  [own({ formulas: '[{numerator: A.b}]' }), 9, /numerator and denominator, both/],
  [own({ formulas: '[{numerator: A.b ) / ( 2, denominator: A.c}]' }), 9, /numerator must be a formula/],
  [own({ formulas: '[{expression: A.b, scale: 2}]' }), 9, /goes with numerator/],
  [own({ formulas: '[{expression: A.b, variant: Not OK}]' }), 9, /lower-case words/],
  [own({ formulas: '[A.b, A.c]' }), 9, /second formula called own/],
  [own({ formulas: '[{expression: A.b, radio: 6G}]' }), 9, /must be one of/],
  [own({ formulas: '{mean_of_bins: {counter: A.b, first: 0, step: 1, bins: 1.5}}' }), 9, /whole number/],
  [
    own({ formulas: '\n      - {variant: a, expression: A.b}\n      - setup_atempts / period' }),
    11,
    /setup_atempts, which is no KPI.*under counters/,
  ],
  [own({ formulas: 'my_own_s + A.b' }), 9, /circle: my_own_s → my_own_s/],
  ['kpis:\n  setup_attempts:\n    formulas: {first: setup_success_pct * A.b}', 3, /circle: .*setup_attempts/],
  ['kpis:\n  drop_rate_pct:\n    formulas: A.b * A.c', 3, /ratio of sums/],
  [
    'kpis:\n  drop_rate_pct:\n    formulas: {add: {variant: counts, expression: A.b / A.c}}',
    3,
    /second formula called counts/,
  ],
  ['kpis:\n  a_b: 1\n  a_b: 2', 3, /unique/],
  ['counters: 5', 1, /counters must be a map/],
  ['counters:\n  a: 1x%', 2, /must be a counter name/],
  ['counters:\n  a:', 2, /must be text/],
  ['counters:\n  a: {scale: 2}', 2, /needs a name/],
  ['counters:\n  a: {name: B.c, scale: 0}', 2, /must not be 0/],
  ['counters:\n  a: {name: B.c, factor: 2}', 2, /factor is not known here/],
  ['counters:\n  a: B.c\n  B.c: D.e', 2, /names B.c, which line 3 renames/],
  [`counters:\n  1: B.c\n  '1': D.e`, 3, /names 1 again, after line 2/],
  ['counters:\n  rsrp_dbm: B.c', 2, /is the id of a KPI/],
];

describe('a mistake in the file', () => {
  it.each(WRONG)('%j is told by its line', (text, line, rule) => {
    let told: unknown;
    try {
      read(text);
    } catch (error) {
      told = error;
    }
    expect(told).toBeInstanceOf(ConfigError);
    expect((told as Error).message).toMatch(rule);
    expect((told as Error).message).toContain(`${FILE}, line ${line}: `);
  });

  it('is the only way in which any text can fail', () => {
    const words = [
      'kpis',
      'counters',
      'drop_rate_pct',
      'formulas',
      'first',
      'add',
      'name',
      'range',
      'expression',
      'A.b / c',
    ];
    const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(...words, '', '%', 'ratio-of-sums', 'higher', '*', null, true, 1, -0.5, 1e308),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...words, 'x_y', '1'), tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    const texts = fc.oneof(
      fc.dictionary(fc.constantFrom('kpis', 'counters'), value, { minKeys: 1 }).map((one) => JSON.stringify(one)),
      fc.string().map((text) => `kpis:\n  drop_rate_pct:\n    formulas: ${text}`),
      fc.string().map((text) => `counters:\n  ${text}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          expect(read(text).kpis.length).toBeGreaterThanOrEqual(KPI_CATALOGUE.length);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
