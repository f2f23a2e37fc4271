// The English texts of “would it have fired?”.

const times = (n: number) => (n === 1 ? 'once' : `${n} times`);

export const backtestEn = {
  title: 'Would it have fired?',
  kpi: 'Value',
  sign: 'Fires when it is',
  signs: { '>': 'above', '<': 'below' },
  line: 'Line',
  lineOf: (unit: string) => (unit ? `Line, ${unit}` : 'Line'),
  need: 'Periods beyond it',
  outOf: 'Of the last',
  often: (need: number, outOf: number) => (outOf === 1 ? 'at once' : `in ${need} of the last ${outOf} periods`),
  limit: (sign: string, value: string) => `${sign} ${value}`,
  running: 'Reading the past',
  waiting: 'Another backtest runs; this one waits for it.',
  none: 'Would not have fired.',
  fired: (n: number, aDay: string) => `Would have fired ${times(n)}, ${aDay} a day.`,
  met: (n: number) => (n === 0 ? 'Never where an alert was.' : `${n} beside an alert that did fire.`),
  extra: (n: number) => (n === 0 ? '' : `${n} where none did.`),
  missed: (n: number) =>
    n === 0
      ? 'No alert would have been missed.'
      : `${n} ${n === 1 ? 'alert' : 'alerts'} that did fire would have been missed.`,
  basis: (days: string, readings: string) => `${days} days measured, ${readings} readings.`,
  late: (n: string) => `${n} came late and were never judged live.`,
  would: 'Would have fired',
  worst: 'At its worst',
  did: 'Did fire',
  nothing: 'nothing',
  still: 'still',
  more: (n: string) => `${n} more are not shown.`,
  command: 'The same as a command',
};
