// A 3GPP performance file to readings, against the XML parser's bare pass over the same file.

import { SaxesParser } from 'saxes';
import { pmXml } from '../../server/collect/formats/pm-xml.ts';
import { Intake } from '../../server/intake/intake.ts';
import { measData, measInfo, pmFile } from '../collect/measured.ts';
import { seeded } from '../detect/synthetic-network.ts';
import { START } from '../flow/network.ts';
import { type Bench, bestInTurns, resultOf } from './measuring.ts';

const COUNTERS = [
  'RRC.ConnEstabAtt.sum',
  'RRC.ConnEstabSucc.sum',
  'ERAB.EstabInitAttNbr.sum',
  'ERAB.EstabInitSuccNbr.sum',
  'ERAB.RelActNbr.sum',
  'DRB.IPVolDl',
  'DRB.IPTimeDl',
  'RRU.CellUnavailableTime',
  'RRU.PrbTotDl',
  'RRU.PrbTotUl',
  'CARR.AverageCQI',
  ...Array.from({ length: 19 }, (_, i) => `CARR.WBCQIDist.Bin${i}`),
];

export const pmFileBench: Bench = {
  name: 'pm-file',
  async run({ small, say }) {
    const text = madeFile(small ? 2 : 40, small ? 10 : 250);
    say(`pm-file: ${(text.length / 1e6).toFixed(1)} MB`);
    const context = { zoneOffsetMinutes: 0, file: 'made.xml' };
    const toReadings = () => [...pmXml.parse(text, context)].length;
    const toBatches = () =>
      newIntake().accept(pmXml.parse(text, context), () => 'bench', { ...context, now: Date.now() });
    const bare = () => new SaxesParser({ xmlns: false, position: false }).write(text).close();
    const turns = small ? 1 : 5;
    const speed = (ms: number) => text.length / ms / 1000;
    const row = async (bench: string, act: () => unknown) => {
      const best = await bestInTurns(turns, act, bare);
      return resultOf({
        ...{ bench, value: speed(best.act), unit: 'MB/s', baseline: speed(best.baseline) },
        baselineIs: 'saxes over the same text, with nobody listening',
        target: { of: 'ratio', is: '≥', figure: 0.8 },
      });
    };
    return [await row('pm-file', toReadings), await row('pm-file-accepted', toBatches)];
  },
};

function newIntake(): Intake {
  return new Intake({
    names: { find: () => undefined, findInInventory: () => undefined },
    stored: async () => [],
    radioOf: () => null,
    unplaced: () => undefined,
  });
}

/** Half of the most that a counter holds, so that the counts of a cell can be: no more successes than attempts. */
function mostOf(counter: string): number {
  if (/Unavailable|Prb|CQI$/.test(counter)) return 10;
  if (/RelAct/.test(counter)) return 100;
  return /Succ/.test(counter) ? 5000 : 10_000;
}

function madeFile(elements: number, cellsEach: number): string {
  const random = seeded(1);
  const values = () => COUNTERS.map((counter) => String(Math.floor(mostOf(counter) * (1 + random()))));
  const when = new Date(START).toISOString();
  const period = `<granPeriod duration="PT900S" endTime="${when}"/><repPeriod duration="PT900S"/>`;
  const element = (e: number) => {
    const cells = Array.from({ length: cellsEach }, (_, c) => [`EUtranCellFDD=${c}`, values()]);
    return measData(`Harbour-${e}`, measInfo(COUNTERS, Object.fromEntries(cells), { period }));
  };
  return pmFile(...Array.from({ length: elements }, (_, e) => element(e)));
}
