// Reads the project's own files and what each of them imports, for the rules of the house.

import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';

export interface Import {
  /** As written: `../model/cell.ts`, `node:fs`, `express`. */
  from: string;
  /** Path from the project's root for a file of ours, the package's name for a library, `node:…` for a builtin. */
  target: string;
  kind: 'own' | 'library' | 'builtin';
  /** Only types are taken, nothing runs. */
  typesOnly: boolean;
  line: number;
}

export interface HouseFile {
  /** Path from the project's root, with slashes. */
  path: string;
  text: string;
  imports: Import[];
}

export const FOLDERS = ['server', 'web', 'simulators', 'test'] as const;
const TEXTS = new Set(['.ts', '.svelte', '.css', '.html']);

/** All source files below the folders of the house. */
export function readHouse(root: string): HouseFile[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && TEXTS.has(extname(entry.name)))
      .map((entry) =>
        posix.join(folder, entry.parentPath.slice(join(root, folder).length).replaceAll('\\', '/'), entry.name),
      )
      .sort()
      .map((path) => houseFile(path, readFileSync(join(root, path), 'utf8'))),
  );
}

export function houseFile(path: string, text: string): HouseFile {
  const hasImports = path.endsWith('.ts') || path.endsWith('.svelte');
  return { path, text, imports: hasImports ? importsOf(path, text) : [] };
}

/** `import … from 'x'`, `import 'x'`, `export … from 'x'`, each at the beginning of a line; and `import('x')` anywhere. */
const STATIC = /^[ \t]*(?:import|export)\s+(?:(type\s)?([\w*{}\s,$]+?)\s*from\s*)?'([^'\n]+)'/gm;
const DYNAMIC = /\bimport\('([^'\n]+)'\)/g;

function importsOf(path: string, text: string): Import[] {
  const statics = [...text.matchAll(STATIC)].map((match) => {
    const [, type, names = '', from = ''] = match;
    return { from, typesOnly: type !== undefined || namesOnlyTypes(names), index: match.index };
  });
  const dynamics = [...text.matchAll(DYNAMIC)].map((match) => ({
    from: match[1] ?? '',
    // `import('x').Name` stands for a type; a running import is awaited or chained with then.
    typesOnly: /^\.(?!then)\w/.test(text.slice(match.index + match[0].length)),
    index: match.index,
  }));
  return [...statics, ...dynamics].map(({ from, typesOnly, index }) => ({
    ...{ from, typesOnly, line: text.slice(0, index).split('\n').length },
    ...targetOf(path, from),
  }));
}

function namesOnlyTypes(names: string): boolean {
  const inner = /^\s*\{([^}]*)\}\s*$/.exec(names)?.[1];
  if (inner === undefined) return false;
  const each = inner
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return each.length > 0 && each.every((name) => name.startsWith('type '));
}

function targetOf(path: string, from: string): Pick<Import, 'target' | 'kind'> {
  const bare = from.replace(/\?.*$/, '');
  if (bare.startsWith('.')) return { target: posix.join(posix.dirname(path), bare), kind: 'own' };
  if (bare.startsWith('node:')) return { target: bare, kind: 'builtin' };
  const parts = bare.split('/');
  return { target: parts.slice(0, bare.startsWith('@') ? 2 : 1).join('/'), kind: 'library' };
}
