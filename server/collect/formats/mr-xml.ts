// Measurement reports as networks export them in XML (bulkPmMrDataFile): MRO and MRS, of LTE and NR.

import type { FormatContext } from '../format.ts';
import { note } from '../format.ts';
import { MrFile } from '../mr-file.ts';
import type { ReportFormat, ReportItem } from '../report-format.ts';
import { CHUNK_CHARACTERS, readXml, type XmlKind } from '../xml-reader.ts';

const MR_XML: XmlKind<ReportItem, MrFile> = {
  readers: new Map([['bulkPmMrDataFile', (context: FormatContext) => new MrFile(context)]]),
  knownRoots: 'a file of measurement reports has bulkPmMrDataFile',
  needs: 'a file of measurement reports needs five',
  // Ids of subscribers stand in it.
  isPrivate: true,
  ended(file, context) {
    if (!file?.hasObjects) note(context, 'the file holds no measurement reports');
  },
};

export const mrXml: ReportFormat = {
  name: 'mr-xml',
  looksLike: (head) => /<(?:\w+:)?bulkPmMrDataFile[\s/>]/.test(head),
  parse: (text, context) => parse(text, context),
};

export function parse(text: string, context: FormatContext, chunk = CHUNK_CHARACTERS): Generator<ReportItem> {
  return readXml(text, context, MR_XML, chunk);
}
