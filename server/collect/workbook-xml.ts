// Reads the XML parts of a spreadsheet file: elements by their names, and the text within.

import { SaxesParser } from 'saxes';

export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Names of the elements around it, and its own. */
  path: readonly string[];
}

/** Never throws but what a listener throws; gives what is wrong with the text, after all that came before. Prefixes are left out of names. */
export function readXml(
  bytes: Uint8Array,
  onOpen: (element: Element) => void,
  onText: (text: string, path: readonly string[]) => void = () => {},
  onClose: (name: string) => void = () => {},
): string | undefined {
  const parser = new SaxesParser();
  const path: string[] = [];
  let wrong: string | undefined;
  parser.on('error', ({ message }) => {
    wrong ??= message;
  });
  parser.on('opentag', ({ name, attributes }) => {
    path.push(local(name));
    if (!wrong) onOpen({ name: local(name), attributes: attributes as Record<string, string>, path });
  });
  parser.on('text', (text) => wrong ?? onText(text, path));
  parser.on('cdata', (text) => wrong ?? onText(text, path));
  parser.on('closetag', () => {
    const name = path.pop() ?? '';
    if (!wrong) onClose(name);
  });
  parser.write(new TextDecoder().decode(bytes)).close();
  return wrong;
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);
