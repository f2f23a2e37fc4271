// Reads the section `counters` of the deployment's file: senders' own counter names, and what we call them.

import { isVariableName } from '../maths/expression.ts';
import type { CounterName } from '../model/catalogue.ts';
import type { Setting } from './file.ts';

const LONGEST_NAME = 200;

/**
 * `'1526728227': L.UECNTX.AbnormRel`, or with a factor `{name: DRB.IPVolDl, scale: 8}`: ours = sent * scale. Throws
 * ConfigError at the line of the first mistake.
 *
 * @param isKpi ids of KPIs: a counter may be named one, but none may be sent under the name of one
 */
export function readCounters(section: Setting | undefined, isKpi: (name: string) => boolean): CounterName[] {
  if (!section) return [];
  const entries = section.entries();
  const settings = new Map<string, Setting>();
  for (const [sent, setting] of entries) {
    // `1` and `'1'` are two keys to YAML and one name to us.
    if (settings.has(sent)) setting.fail(`names ${sent} again, after line ${settings.get(sent)!.line}`);
    settings.set(sent, setting);
  }
  return entries.map(([sent, setting]) => {
    const counter = readCounter(sent, setting);
    if (isKpi(sent)) setting.fail('is the id of a KPI: a counter cannot be translated from it');
    if (counter.name !== sent && settings.has(counter.name)) {
      setting.fail(
        `names ${counter.name}, which line ${settings.get(counter.name)!.line} renames in turn: name the last one`,
      );
    }
    return counter;
  });
}

function readCounter(sent: string, setting: Setting): CounterName {
  if (sent.length === 0 || sent.length > LONGEST_NAME) setting.fail(`needs a name of 1 to ${LONGEST_NAME} characters`);
  if (!setting.isMap) return { sent, name: readName(setting), scale: 1 };
  const fields = setting.map(['name', 'scale']);
  const name = fields.get('name') ?? setting.fail('needs a name: what we call this counter');
  const scale = fields.get('scale')?.number() ?? 1;
  if (scale === 0) fields.get('scale')!.fail('must not be 0');
  return { sent, name: readName(name), scale };
}

/** What a formula can ask for. */
function readName(setting: Setting): string {
  const name = setting.text();
  if (name.length <= LONGEST_NAME && isVariableName(name)) return name;
  return setting.fail('must be a counter name: letters, digits and . _ -, with a letter first');
}
