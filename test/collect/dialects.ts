// Writes the same measurements in every dialect of PM files, and says what a reader should find in them.

import fc from 'fast-check';

/** What was measured: by object and counter, text as it stands in the file. */
export interface Measured {
  element: string;
  /** END of the period, epoch milliseconds, on a whole minute. */
  at: number;
  /** Whole minutes. */
  periodSeconds: number;
  counters: string[];
  objects: { name: string; values: string[]; suspect: boolean }[];
}

const name = (first: string) => fc.stringMatching(new RegExp(`^${first}[A-Za-z0-9]{0,8}$`));
const value = fc.oneof(
  fc.nat({ max: 1e9 }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map(String),
  fc.constantFrom('', '0', '1,2,3'),
);

/** Measurements that every dialect can write. */
export const measured: fc.Arbitrary<Measured> = fc
  .record({
    element: name('N'),
    at: fc.integer({ min: 24_000_000, max: 29_000_000 }).map((minute) => minute * 60_000),
    periodSeconds: fc.constantFrom(60, 300, 900, 3600),
    counters: fc.uniqueArray(name('C'), { minLength: 1, maxLength: 6 }),
    names: fc.uniqueArray(name('B'), { minLength: 1, maxLength: 5 }),
  })
  .chain(({ names, ...rest }) =>
    fc
      .tuple(
        ...names.map((one) =>
          fc.record({
            name: fc.constant(one),
            suspect: fc.boolean(),
            values: fc.array(value, { minLength: rest.counters.length, maxLength: rest.counters.length }),
          }),
        ),
      )
      .map((objects) => ({ ...rest, objects })),
  );

const iso = (at: number) => new Date(at).toISOString().replace('.000', '');
const compact = (at: number) => iso(at).replaceAll(/[-:T]/g, '');

function measCollec({ element, at, periodSeconds, counters, objects }: Measured): string {
  const types = counters.map((counter, i) => `<measType p="${i + 1}">${counter}</measType>`);
  const values = objects.map(
    (object) => `<measValue measObjLdn="EUtranCellFDD=${object.name}">
      ${object.values.map((one, i) => `<r p="${i + 1}">${one}</r>`).join('\n')}
      <suspect>${object.suspect}</suspect></measValue>`,
  );
  return `<measCollecFile><fileHeader><measCollec beginTime="${iso(at)}"/></fileHeader><measData>
    <managedElement localDn="${element}"/><measInfo><granPeriod duration="PT${periodSeconds}S" endTime="${iso(at)}"/>
    ${types.join('')}${values.join('\n')}</measInfo></measData></measCollecFile>`;
}

function mdc({ element, at, periodSeconds, counters, objects }: Measured): string {
  const values = objects.map(
    (object) => `<mv><moid>EUtranCellFDD=${object.name}</moid>${object.values.map((one) => `<r>${one}</r>`).join('\n')}
      <sf>${object.suspect ? 'TRUE' : 'FALSE'}</sf></mv>`,
  );
  return `<?xml version="1.0"?><!DOCTYPE mdc SYSTEM "MeasDataCollection.dtd"><mdc><mfh><cbt>${compact(at)}</cbt></mfh>
    <md><neid><neun>name</neun><nedn>${element}</nedn></neid><mi><mts>${compact(at)}</mts><gp>${periodSeconds}</gp>
    ${counters.map((counter) => `<mt>${counter}</mt>`).join('')}${values.join('\n')}</mi></md></mdc>`;
}

function omes({ element, at, periodSeconds, counters, objects }: Measured): string {
  const results = objects.map(
    (
      object,
    ) => `<PMMOResult><MO dimension="network_element"><DN>PLMN-PLMN/MRBTS-${element}/LNCEL-${object.name}</DN></MO>
      <NE-WBTS_1.0 measurementType="LTE_Cell">${object.values.map((one, i) => `<${counters[i]}>${one}</${counters[i]}>`).join('\n')}
      </NE-WBTS_1.0></PMMOResult>`,
  );
  const start = `startTime="${iso(at - 1000 * periodSeconds)}" interval="${periodSeconds / 60}"`;
  return `<?xml version="1.0"?><OMeS version="2.3"><PMSetup ${start}>${results.join('\n')}</PMSetup></OMeS>`;
}

export const DIALECTS: readonly { root: string; write: (measured: Measured) => string; knowsSuspect: boolean }[] = [
  { root: 'measCollecFile', write: measCollec, knowsSuspect: true },
  { root: 'mdc', write: mdc, knowsSuspect: true },
  { root: 'OMeS', write: omes, knowsSuspect: false },
];
