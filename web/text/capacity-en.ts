// The strings of the page of capacity in English.

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const capacityEn = {
  headline: (full: number, growing: number) =>
    full + growing === 0
      ? 'No cell fills up within half a year'
      : `${full} ${plural(full, 'cell is', 'cells are')} full in the busy hour, ${growing} may be within half a year`,
  lead: 'Each cell is judged by its own busy hour, with holidays and single crowded evenings left out. Dates stand with their interval; what grows may also stop growing, and the chance says so.',
  empty: 'Nothing is known of busy hours yet: readings of active users and of radio blocks are needed.',
  learning: (known: string, needed: string) =>
    `${known} of ${needed} days are known. After three weeks of readings cells that fill up appear here, with dates.`,
  none: 'No cell of this kind.',
  failed: 'the capacity of cells',
  courseFailed: 'the days of this cell',
  stateLabel: 'Which cells',
  states: {
    soon: 'Full or filling',
    full: 'Full',
    growing: 'Filling',
    steady: 'With room',
    learning: 'Still learning',
  },
  anyArea: 'All areas',
  areaLabel: 'Area',
  csv: 'CSV',
  print: 'Print',
  columns: {
    cell: 'Cell',
    busy: 'Busy hour',
    load: 'Load',
    growth: 'A week',
    full: 'Full',
    chance: 'Chance',
    people: 'People',
    best: 'What helps',
  },
  hour: (from: string, to: string) => `${from}–${to} h`,
  users: (users: string, fill: string) => `${users} of ${fill} users`,
  fullSince: (day: string) => `Full since ${day}`,
  since: (day: string) => `since ${day}`,
  between: (earliest: string, latest: string) => `${earliest} – ${latest}`,
  beyond: 'not within half a year',
  onMap: 'On the map',
  toCell: 'All charts',
  trigger: 'The operator’s trigger for more capacity is met: ask for it now.',
  noTrigger: 'The operator’s trigger for more capacity is not met yet.',
  limit: { blocks: 'radio blocks are used up', speed: 'people become too slow' },
  limitLine: (users: string) => `full at ${users} users`,
  reason: (growth: string, users: string, fill: string, limit: string) =>
    `The busy hour grows by ${growth} % a week. It has ${users} users; at ${fill}, ${limit}.`,
  chart: 'Users in the busy hour by day',
  chartTable: 'Busy hours as a table',
  day: 'Day',
  blocks: 'Blocks',
  now: 'now',
  steps: 'What would put it off',
  stepColumns: { step: 'Step', takes: 'Takes off', full: 'Full then' },
  step: { balance: 'Balance with neighbours', carrier: 'Second carrier', split: 'Split the sector', site: 'New site' },
  balanceWith: (names: string) => `to ${names}`,
  nothing: 'Do nothing',
  stepsNote:
    'Shares that steps take off are usual values, not measured here; a balance counts the room that the neighbours have in their own busy hours.',
};
