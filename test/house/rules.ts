// The rules of the house: each looks at the files and says in sentences what is wrong, or nothing.

import { posix } from 'node:path';
import type { HouseFile, Import } from './read-house.ts';

export type Rule = (files: readonly HouseFile[]) => string[];

/** Rooms that everybody may know: words, sums and sentences. */
const SHARED_ROOMS = ['model', 'maths', 'words'];
const MODEL_KNOWS: Record<string, readonly string[]> = { model: [], maths: [], words: ['model'] };

/** Folders of server/ that are no rooms: like the files beside the rooms they join several of them. A new folder is a room. */
const JOINING_FOLDERS = ['arrival', 'commands', 'config', 'doors'];

/** Where each outside library lives. A path ending in `/` is a folder, another one is a file. */
const HOMES: Record<string, readonly string[]> = {
  express: ['server/api/', 'server/collect/sources/http.ts'],
  ws: ['server/api/'],
  '@influxdata/influxdb-client': ['server/storage/kpi-stores/influx.ts'],
  '@duckdb/node-api': ['server/storage/'],
  'h3-js': ['server/coverage/', 'web/pages/map/', 'web/pages/coverage/', 'web/parts/map/'],
  saxes: ['server/collect/xml-reader.ts', 'server/collect/workbook-xml.ts'],
  'simple-statistics': ['server/maths/'],
  'maplibre-gl': ['web/'],
  uplot: ['web/'],
  kdbush: ['web/'],
  svelte: ['web/'],
  'topojson-client': ['web/'],
  'topojson-specification': ['web/'],
  'world-atlas': ['web/'],
  tsx: ['server/threads.ts'],
  yaml: ['server/config/file.ts'],
  yauzl: ['server/collect/zip-members.ts'],
  'modern-tar': ['server/collect/tar-members.ts'],
};

const isCode = (file: HouseFile): boolean => file.path.endsWith('.ts') || file.path.endsWith('.svelte');
const top = (path: string): string => path.split('/')[0] ?? '';
const wholeWords = (file: HouseFile): boolean => !file.path.startsWith('test/');

/** The room of a file in server/, undefined for what stands beside the rooms: loose files and joining folders. */
function roomOf(path: string): string | undefined {
  const [folder, room = '', ...rest] = path.split('/');
  return folder === 'server' && rest.length > 0 && !JOINING_FOLDERS.includes(room) ? room : undefined;
}

function each(files: readonly HouseFile[], say: (file: HouseFile, used: Import) => string | undefined): string[] {
  return files.flatMap((file) =>
    file.imports.flatMap((used) => {
      const wrong = say(file, used);
      return wrong === undefined ? [] : [`${file.path}:${used.line} ${wrong}`];
    }),
  );
}

export const roomsDoNotKnowEachOther: Rule = (files) =>
  each(files, (file, used) => {
    const room = roomOf(file.path);
    if (room === undefined || used.kind !== 'own') return undefined;
    if (top(used.target) !== 'server')
      return `imports ${used.target}: a room of the server knows nothing outside server/`;
    const other = roomOf(used.target);
    if (other === room) return undefined;
    if (other === undefined) {
      return used.typesOnly ? undefined : `imports ${used.target}: what stands beside the rooms is handed in by app.ts`;
    }
    const allowed = MODEL_KNOWS[room] ?? SHARED_ROOMS;
    if (allowed.includes(other)) return undefined;
    return `imports the room ${other}: name what ${room} needs as an interface in its own front door, app.ts hands it in`;
  });

export const sharedRoomsRunInABrowser: Rule = (files) =>
  each(files, (file, used) =>
    ['model', 'words'].includes(roomOf(file.path) ?? '') && used.kind !== 'own'
      ? `imports ${used.from}: ${roomOf(file.path)} must be safe in a browser and imports nothing from outside`
      : undefined,
  );

export const theWebKnowsTheServerByItsContract: Rule = (files) =>
  each(files, (file, used) => {
    if (top(file.path) !== 'web') return undefined;
    if (used.kind === 'builtin') return `imports ${used.from}: there is no Node in a browser`;
    if (used.kind !== 'own' || top(used.target) === 'web') return undefined;
    if (['model', 'words'].includes(roomOf(used.target) ?? '')) return undefined;
    if (used.target === 'server/api/contract.ts' && used.typesOnly) return undefined;
    return `imports ${used.target}: the web knows server/model, server/words and, as types, server/api/contract.ts`;
  });

export const pagesStandAlone: Rule = (files) =>
  each(files, (file, used) => {
    const [here, there] = [file.path, used.target].map((path) => /^web\/(pages\/[^/]+|parts|data)\//.exec(path)?.[1]);
    if (here === undefined || there === undefined || here === there || used.kind !== 'own') return undefined;
    if (there.startsWith('pages/'))
      return `imports ${used.target}: ${here} must not know the page ${there.slice(6)}; what is shared stands in web/parts`;
    if (here === 'data') return `imports ${used.target}: web/data knows neither parts nor pages`;
    return undefined;
  });

export const onlyDataFetches: Rule = (files) =>
  linesWith(
    files.filter((file) => top(file.path) === 'web' && isCode(file) && !file.path.startsWith('web/data/')),
    /(?<![\w.])(fetch\(|new (WebSocket|EventSource|XMLHttpRequest)\b)/,
    'speaks to the server: only web/data does',
  );

export const simulatorsUseTheDoors: Rule = (files) =>
  each(files, (file, used) => {
    if (top(file.path) !== 'simulators' || used.kind !== 'own' || top(used.target) === 'simulators') return undefined;
    if (roomOf(used.target) === 'model') return undefined;
    return `imports ${used.target}: a simulator speaks to the server through its doors and knows server/model only`;
  });

export const nothingShipsWithTests: Rule = (files) =>
  each(files, (file, used) =>
    wholeWords(file) && used.kind === 'own' && top(used.target) === 'test'
      ? `imports ${used.target}: only tests know tests`
      : undefined,
  );

export const eachLibraryHasOneHome: Rule = (files) =>
  each(files, (file, used) => {
    if (!wholeWords(file) || used.kind !== 'library') return undefined;
    const homes = HOMES[used.target];
    if (homes === undefined)
      return `imports ${used.target}: a library that has no home yet; give it one in test/house/rules.ts`;
    if (homes.some((home) => file.path === home || (home.endsWith('/') && file.path.startsWith(home))))
      return undefined;
    return `imports ${used.target}, whose home is ${homes.join(' and ')}`;
  });

export const importsAreExplicit: Rule = (files) => {
  const paths = new Set(files.map((file) => file.path));
  return each(files, (_, used) => {
    if (used.kind !== 'own') return undefined;
    if (!/\.(ts|svelte|css|json|svg|mjs|js)$/.test(used.target))
      return `imports ${used.from} without the file's ending`;
    const known = paths.has(used.target) || !/\.(ts|svelte|css)$/.test(used.target);
    return known ? undefined : `imports ${used.from}, which does not exist`;
  });
};

export const noCycles: Rule = (files) => {
  const graph = new Map(
    files.map((file) => [file.path, file.imports.filter((used) => used.kind === 'own').map((used) => used.target)]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const from = trail.indexOf(path);
    if (from >= 0)
      found.push(
        `${[...trail.slice(from), path].join(' → ')} is a circle of imports: one of them must not know the next`,
      );
    if (from >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
};

export const noBarrels: Rule = (files) =>
  linesWith(files.filter(isCode), /^\s*export\s+\*/, 'exports all of another file: import from where it stands');

export const noRawHtml: Rule = (files) =>
  linesWith(
    files.filter((file) => file.path.startsWith('web/')),
    /\{@html/,
    'puts raw HTML into the page',
  );

export const nothingIsLeftForLater: Rule = (files) => [
  ...linesWith(files, /\b(TODO|FIXME)\b/, 'leaves work for later'),
  ...linesWith(files, /\b(it|test|describe)\.(only|skip|todo)\(/, 'leaves tests out'),
];

const FORBIDDEN = /^(utils?|helpers?|common|managers?|services?)$/;

export const namesSayWhatTheyHold: Rule = (files) =>
  files.flatMap(({ path }) =>
    path.split('/').flatMap((part) => {
      const name = part.replace(/(\.test|\.svelte)?\.\w+$/, '');
      const noun = name.split(/[-.]|(?<=[a-z])(?=[A-Z])/).at(-1) ?? '';
      if (FORBIDDEN.test(noun.toLowerCase())) return [`${path} is named after nothing: say what it holds`];
      const pattern = part.endsWith('.svelte') ? /^[A-Z][A-Za-z0-9]*$/ : /^[a-z0-9]+(-[a-z0-9]+)*$/;
      return pattern.test(name)
        ? []
        : [`${path}: ${part} should be written ${part.endsWith('.svelte') ? 'LikeThis.svelte' : 'like-this'}`];
    }),
  );

/** A sentence: begins large, or with a figure or a name in code, and ends with a full stop, perhaps some lines later. */
const OPENS = { '.ts': /^\/\/ (?=[A-Z0-9`])/, '.svelte': /^<!--\s+(?=[A-Z0-9`])/ } as const;

export const filesOpenWithASentence: Rule = (files) =>
  files.filter(isCode).flatMap(({ path, text }) => {
    const body = text.replace(/^#!.*\n/, '');
    const opening = OPENS[posix.extname(path) as keyof typeof OPENS];
    const comment = path.endsWith('.svelte')
      ? body.slice(0, body.indexOf('-->'))
      : (/^(\/\/.*\n)*/.exec(body)?.[0] ?? '');
    return opening.test(body) && /[.:?]\s*$/m.test(comment)
      ? []
      : [`${path} does not open with a sentence that says what it is`];
  });

function linesWith(files: readonly HouseFile[], pattern: RegExp, wrong: string): string[] {
  return files.flatMap((file) =>
    // The rules and their test must name what they forbid.
    file.path.startsWith('test/house')
      ? []
      : file.text
          .split('\n')
          .flatMap((line, index) => (pattern.test(line) ? [`${file.path}:${index + 1} ${wrong}`] : [])),
  );
}
