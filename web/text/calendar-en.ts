// The strings of the page of special days in English.

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);

export const calendarEn = {
  link: 'Special days',
  back: 'Data in',
  headline: (n: string, count: number) => `${n} special ${plural(count, 'day', 'days')} in the coming 12 months`,
  nothing: 'No special days in the coming 12 months',
  lead: 'On a holiday cells are compared with their Sundays, on a worked weekend day with workdays; what holidays and events bring is not learned as usual.',
  nothingNext:
    'Add the next public holidays, the weekend days that are worked, and large events: until then a quiet holiday can look like a fault. Add one day here on the right, or send the whole calendar as a CSV file:',
  more: (n: string) => `The first ${n} are shown; GET /api/calendar lists all.`,
  past: 'Past year too',
  date: 'Day',
  type: 'What it is',
  area: 'Area',
  name: 'Name',
  everywhere: 'everywhere',
  types: { holiday: 'Holiday', workday: 'Worked weekend day', event: 'Event' },
  lived: { holiday: 'as a Sunday', workday: 'as a workday', event: 'as its weekday, not learned' },
  takeBack: 'Take back',
  takeBackDay: (day: string) => `Take back ${day}`,
  tookBack: (day: string) => `${day} is an ordinary day again.`,
  undo: 'Undo',

  addTitle: 'Add a day',
  areaHint: 'as in the inventory; or empty',
  nameHint: 'what people call it',
  add: 'Add',
  added: (day: string) => `${day} is in the calendar.`,

  manyTitle: 'Many days at once',
  paste: 'Paste CSV with the heading date,type,area,name',
  whole: 'This is the whole calendar: take back all other days',
  send: 'Send',
  choose: 'Choose a CSV file',
  took: (n: string, count: number) => `${n} ${plural(count, 'day', 'days')} taken.`,
  refused: (n: string) => `${n} refused:`,
  removed: (n: string, count: number) => `${n} ${plural(count, 'day', 'days')} taken back.`,
  unknown: (areas: string) => `No cell of the inventory is in ${areas} yet.`,
  next: 'What is judged from now on goes by these days; alerts that stand are not judged anew.',
};
