// The part of the command line that says what happens: a scenario by name, and what of it is wanted otherwise.

import { findScenario, SCENARIO_NAMES } from './scenarios/all.ts';
import type { NamedScenario } from './scenarios/named-scenario.ts';

/** As they stand on the command line; undefined: as the scenario has it. */
export interface ScenarioWishes {
  scenario: string;
  from?: string;
  days?: number;
  periodSeconds?: number;
  withoutPrecursor?: number;
  falsePrecursors?: number;
}

/** The scenario with the wishes in it; throws a RangeError that names the option. */
export function wishedScenario({ scenario: name, from, ...wishes }: ScenarioWishes): NamedScenario {
  const scenario = findScenario(name);
  if (!scenario) throw new RangeError(`--scenario ${name}: there are ${SCENARIO_NAMES.join(', ')}`);
  if (from !== undefined && !isDay(from)) throw new RangeError(`--from ${from}: must be a day such as 2026-03-02`);
  const wished = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));
  return { ...scenario, from: from ?? scenario.from, ...wished };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00Z`).toISOString().startsWith(text);
}
