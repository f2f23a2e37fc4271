// The command line of the pretend network: defaults, and wrong options that explain themselves.

import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../simulators/options.ts';
import { SCENARIO_NAMES } from '../../simulators/scenarios/all.ts';

describe('the command line', () => {
  it('needs nothing', () => {
    expect(parseOptions([])).toMatchObject({
      kind: 'options',
      options: {
        server: 'http://localhost:8080',
        seed: 1,
        world: { kind: 'city', sites: 60 },
        days: 28,
        people: 6000,
        samplesPerDay: 3900,
        periodSeconds: 300,
        scenario: { name: 'demo' },
        speed: undefined,
        behindHours: 6,
        truth: undefined,
        token: undefined,
        backfillOnly: false,
        send: ['ndjson'],
        inbox: undefined,
        elementsAFile: 20,
        events: false,
      },
    });
  });

  it.each([
    [['--sites', '0'], '--sites 0: must be a whole number from 1 to 400'],
    [['--sites', 'many'], '--sites many: must be a whole number from 1 to 400'],
    [['--cells', '2'], '--cells 2: must be a whole number from 3 to 200000'],
    [['--cells', '9', '--sites', '3'], '--sites and --cells: one or the other'],
    [['--scenario', 'flood'], '--scenario flood: there are demo, mixed, quiet-month, storm'],
    [['--from', '2026-02-30'], '--from 2026-02-30: must be a day such as 2026-03-02'],
    [['--unannounced', '1.5'], '--unannounced 1.5: must be a number from 0 to 1'],
    [['--false-alarms', 'many'], '--false-alarms many: must be a number from 0 to 10'],
    [['--seed', '1.5'], '--seed 1.5: must be a whole number'],
    [['--period', '700'], '--period 700: an hour must hold whole periods'],
    [['--server', 'localhost:8080'], '--server localhost:8080: must be an address such as http://localhost:8080'],
    [['--people', '1e9'], '--people 1e9: must be a whole number from 0 to 200000'],
    [['--samples', 'all'], '--samples all: must be a whole number from 0 to 200000'],
    [['--send', 'pm,fax'], '--send pm,fax: must be some of ndjson, pm, line, csv'],
    [['--colour', 'red'], "Unknown option '--colour'"],
    [['extra'], "Unexpected argument 'extra'"],
    [['--days'], "'--days <value>' argument missing"],
  ])('says what is wrong with %j', (argv, sentence) => {
    const parsed = parseOptions(argv);
    expect(parsed.kind).toBe('problem');
    expect(parsed.kind === 'problem' && parsed.problem).toContain(sentence);
  });

  it('takes a scenario by name, with what is wished otherwise', () => {
    const parsed = parseOptions(['--scenario', 'storm', '--days', '3', '--unannounced', '0', '--false-alarms', '2']);
    expect(parsed).toMatchObject({
      kind: 'options',
      options: {
        scenario: { name: 'storm', days: 3, withoutPrecursor: 0, falsePrecursors: 2, from: '2026-03-02' },
        periodSeconds: 900,
        backfillOnly: true,
      },
    });
    expect(parseOptions(['--from', '2026-05-01'])).toMatchObject({ options: { backfillOnly: true, days: 28 } });
  });

  it('lists the scenarios, a line each', () => {
    const listed = parseOptions(['--list']);
    expect(listed.kind === 'text' && listed.text.trimEnd().split('\n').length).toBe(SCENARIO_NAMES.length);
    expect(listed).toMatchObject({ text: expect.stringMatching(/spring-festival +\d+ cells +63 days {2}\w/) });
  });
});
