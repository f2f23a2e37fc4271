// The strings of the page of capacity in English.

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const capacityEn = {
  fullHeadline: (full: number) =>
    `${full} ${plural(full, 'cell is', 'cells are')} full in the busy hour; how the others grow is being learned`,
  headline: (full: number, growing: number) =>
    full + growing === 0
      ? 'No cell is likely to fill up within half a year'
      : `${full} ${plural(full, 'cell is', 'cells are')} full in the busy hour, ${growing} may be within half a year`,
  nothingKnown: 'How full cells are is not known yet',
  learningHeadline: (from: string) => `Busy hours are being learned until ${from}`,
  learningToo: (count: string) =>
    `${count} ${plural(Number(count), 'cell is', 'cells are')} still being learned, and nothing is said of ${plural(Number(count), 'it', 'them')}.`,
  lead: 'Each cell is judged by its own busy hour, with holidays and single crowded evenings left out. Dates stand with their interval; what grows may also stop growing, and the chance says so.',
  empty:
    'No day counts yet. Each cell needs active users and the share of radio blocks in use, for most hours of a day: send active_users and prb_util_pct, or the counters behind them.',
  seeIntake: 'What has arrived',
  learning: (known: string, needed: string) =>
    `${known} of ${needed} days are known. Of a cell with ${needed} days this page says how full it is and how fast it grows; a date follows once growth has lasted longer than a passing swing.`,
  learningCell: (known: string, needed: string) => `Being learned: ${known} of ${needed} days are known`,
  tellsFrom: (day: string) => `How full it is and how fast it grows is told from ${day} on, if days go on as they do.`,
  noDays: 'No day of it counts yet: active users and radio blocks are needed for most hours of a day.',
  seeLearning: 'Cells that are being learned',
  noPeople: 'How many people each cell serves is not known: load people and their usual cells.',
  loadPeople: 'How to load people',
  none: 'No cell of this kind.',
  noneSoon:
    'Full cells and cells that fill up appear here with dates, people and what would put them off. All others have room or are still being learned.',
  seeSteady: 'Cells with room, fullest first',
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
  and: ', ',
  /** Two sentences. */
  both: (first: string, second: string) => `${first} ${second}`,
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
  from: (day: string) => `told from ${day}`,
  between: (earliest: string, latest: string) => `${earliest} – ${latest}`,
  beyond: 'not within half a year',
  onMap: 'On the map',
  toCell: 'All charts',
  trigger: 'The operator’s trigger for more capacity is met: ask for it now.',
  noTrigger: 'The operator’s trigger for more capacity is not met yet.',
  limit: { blocks: 'radio blocks are used up', speed: 'people become too slow' },
  limitLine: (users: string) => `full at ${users} users`,
  reason: (growth: string, users: string, fill: string, limit: string) =>
    `The busy hour ${growth}. It has ${users} users; at ${fill}, ${limit}.`,
  grows: (pct: string) => `grows by ${pct} % a week`,
  shrinks: (pct: string) => `shrinks by ${pct} % a week`,
  stays: 'neither grows nor shrinks',
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
