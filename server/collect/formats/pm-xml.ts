// Performance files in XML, of every dialect that is known, read in one pass.

import type { Parsed } from '../../model/sent.ts';
import { type Format, type FormatContext, note } from '../format.ts';
import { MdcFile } from '../mdc-file.ts';
import { MeasurementFile } from '../measurement-file.ts';
import { OmesFile } from '../omes-file.ts';
import type { OpenDialect, PmDialect } from '../pm-dialect.ts';
import { CHUNK_CHARACTERS, readXml, type XmlKind } from '../xml-reader.ts';

const measurementFile: OpenDialect = (context) => new MeasurementFile(context);

const PM_XML: XmlKind<Parsed, PmDialect> = {
  readers: new Map<string, OpenDialect>([
    ['measCollecFile', measurementFile],
    ['measDataFile', measurementFile],
    ['mdc', (context) => new MdcFile(context)],
    ['OMeS', (context) => new OmesFile(context)],
  ]),
  knownRoots:
    'a performance file has measCollecFile (TS 32.435), measDataFile (TS 28.532), mdc (TS 32.401) or OMeS (Nokia)',
  needs: 'a performance file needs six',
  ended(dialect, context) {
    if (!dialect?.hasData) note(context, 'the file holds no measurements: nothing was measured in it');
  },
};

export const pmXml: Format = {
  name: 'pm-xml',
  // XML that no other format knows is taken for this: another root gets an answer that names it.
  looksLike: (head) => /^\uFEFF?\s*</.test(head),
  parse,
};

/**
 * Nine tenths of a PM file are results in one plain form, `<r p="7">42</r>`. After each tag that results follow those are
 * taken directly; everything else, and every result in another form, goes through the XML parser.
 */
export function parse(text: string, context: FormatContext, chunk = CHUNK_CHARACTERS): Generator<Parsed> {
  return readXml(text, context, PM_XML, chunk);
}
