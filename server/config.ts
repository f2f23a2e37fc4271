// Environment to one checked Config; every default lives here, with its unit.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { encodingNamed } from './collect/text-encoding.ts';
import { readCatalogue } from './config/catalogue.ts';
import { readDetection } from './config/detection.ts';
import { ConfigError, readConfigFile, type Setting } from './config/file.ts';
import { type Limits, readLimits } from './config/limits.ts';
import { readObjects } from './config/objects.ts';
import { type PollConfig, readPolls } from './config/poll.ts';
import { type RetentionConfig, readRetention } from './config/retention.ts';
import type { ObjectRules } from './intake/object-rules.ts';
import type { Catalogue } from './model/catalogue.ts';
import type { DetectionSettings } from './model/detection.ts';

export type Role = 'ingest' | 'viewer' | 'engineer' | 'planner' | 'care' | 'admin';
export const ROLES: readonly Role[] = ['ingest', 'viewer', 'engineer', 'planner', 'care', 'admin'];

export interface InfluxConfig {
  url: string;
  token?: string;
  org?: string;
  bucket?: string;
  database?: string;
  username?: string;
  password?: string;
}

export interface Config extends Limits {
  port: number;
  host: string;
  /** Folder of everything that is kept. */
  dataFolder: string;
  /** Folder watched for files; `inbox` in the data folder unless told. */
  inboxFolder: string;
  /** IANA zone of the network: local days, hour of week, times without an offset. */
  zone: string;
  /** Encoding of files and bodies that are no UTF-8 and declare nothing. */
  charset: string | undefined;
  /** Our own name or PLMN. */
  operator: string | undefined;
  /** Empty: loopback only. */
  tokens: readonly { role: Role; token: string }[];
  webhookUrl: string | undefined;
  /** Set: InfluxDB holds the readings. */
  influx: InfluxConfig | undefined;
  /** State is checkpointed this often, milliseconds of wall time. */
  checkpointMs: number;
  /** KPIs, formulas and senders' counter names: what ships and what the deployment's file adds. */
  catalogue: Catalogue;
  /** Which objects of PM files are cells, and which. */
  objects: ObjectRules;
  /** Addresses that are fetched again and again. */
  polls: readonly PollConfig[];
  /** How long values of each level are kept. */
  retention: RetentionConfig;
  /** Settings of the detector's profile that differ from what ships. */
  detection: DetectionSettings;
}

const DEFAULTS = {
  port: 8080,
  dataFolder: './data',
  zone: 'UTC',
  checkpointMs: 30_000,
} as const;

/** Names that are read elsewhere: CELLSTAR_SAMPLES by the tests. */
const KNOWN_NAMES = new Set([
  'CELLSTAR_DATA',
  'CELLSTAR_INBOX',
  'CELLSTAR_ZONE',
  'CELLSTAR_CHARSET',
  'CELLSTAR_OPERATOR',
  'CELLSTAR_TOKENS',
  'CELLSTAR_WEBHOOK_URL',
  'CELLSTAR_CONFIG',
  'CELLSTAR_SAMPLES',
]);

/** The sections of the deployment's file. */
const SECTIONS: readonly string[] = ['kpis', 'counters', 'objects', 'limits', 'poll', 'retention', 'detection'];

/** Throws ConfigError with the name of the first wrong variable, or the line of the deployment's file. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  for (const name of Object.keys(env)) {
    if (name.startsWith('CELLSTAR_') && !KNOWN_NAMES.has(name)) {
      throw new ConfigError(`${name} is not a setting of Cellstar; known are ${[...KNOWN_NAMES].join(', ')}`);
    }
  }
  const set = (name: string) => env[name]?.trim() || undefined;
  const tokens = readTokens(set('CELLSTAR_TOKENS'));
  const dataFolder = resolve(set('CELLSTAR_DATA') ?? DEFAULTS.dataFolder);
  const sections = sectionsOf(set('CELLSTAR_CONFIG'));
  return {
    port: readPort(set('PORT')),
    host: readHost(set('HOST'), tokens.length > 0),
    dataFolder,
    inboxFolder: resolve(set('CELLSTAR_INBOX') ?? join(dataFolder, 'inbox')),
    zone: readZone(set('CELLSTAR_ZONE')),
    charset: readCharset(set('CELLSTAR_CHARSET')),
    operator: set('CELLSTAR_OPERATOR'),
    tokens,
    webhookUrl: readUrl('CELLSTAR_WEBHOOK_URL', set('CELLSTAR_WEBHOOK_URL')),
    influx: readInflux(set),
    checkpointMs: DEFAULTS.checkpointMs,
    ...readLimits(sections.get('limits')),
    catalogue: readCatalogue(sections),
    objects: readObjects(sections.get('objects')),
    polls: readPolls(sections.get('poll')),
    retention: readRetention(sections.get('retention')),
    detection: readDetection(sections.get('detection')),
  };
}

/** The deployment's file by sections; without one there are none. */
export function sectionsOf(file: string | undefined): Map<string, Setting> {
  if (file === undefined) return new Map();
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`CELLSTAR_CONFIG is "${file}", which cannot be read: ${(error as Error).message}`);
  }
  return readConfigFile(text, file).map(SECTIONS);
}

function readPort(text: string | undefined): number {
  const port = text === undefined ? DEFAULTS.port : Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ConfigError(`PORT is "${text}": give a number from 0 (any free port) to 65535`);
}

/** Without tokens nobody else may reach the doors. */
function readHost(text: string | undefined, hasTokens: boolean): string {
  const host = text ?? (hasTokens ? '0.0.0.0' : '127.0.0.1');
  if (hasTokens || isLoopback(host)) return host;
  throw new ConfigError(
    `HOST is "${host}", but no tokens are set: set CELLSTAR_TOKENS (role:token,…), or listen on 127.0.0.1`,
  );
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function readZone(text: string | undefined): string {
  const zone = text ?? DEFAULTS.zone;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new ConfigError(`CELLSTAR_ZONE is "${zone}": give an IANA zone such as Asia/Shanghai`);
  }
}

function readCharset(text: string | undefined): string | undefined {
  const charset = text === undefined ? undefined : encodingNamed(text);
  if (text === undefined || charset !== undefined) return charset;
  throw new ConfigError(`CELLSTAR_CHARSET is "${text}": give an encoding such as gb18030, windows-1252 or utf-16le`);
}

const SHORTEST_TOKEN = 8;

function readTokens(text: string | undefined): Config['tokens'] {
  if (!text) return [];
  return text.split(',').map((pair, index) => {
    const colon = pair.indexOf(':');
    const role = ROLES.find((known) => known === pair.slice(0, colon).trim());
    const token = pair.slice(colon + 1).trim();
    // The token itself is a secret: the message counts instead of quoting.
    if (!role || colon < 0) {
      throw new ConfigError(`CELLSTAR_TOKENS: entry ${index + 1} needs role:token with a role of ${ROLES.join(', ')}`);
    }
    if (token.length < SHORTEST_TOKEN) {
      throw new ConfigError(
        `CELLSTAR_TOKENS: the token of entry ${index + 1} has fewer than ${SHORTEST_TOKEN} characters`,
      );
    }
    return { role, token };
  });
}

function readUrl(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new ConfigError(`${name} is "${text}": give an http or https address`);
}

/** What means nothing without the address. */
const INFLUX_DETAILS = [
  'INFLUX_TOKEN',
  'INFLUX_ORG',
  'INFLUX_BUCKET',
  'INFLUX_DATABASE',
  'INFLUX_USERNAME',
  'INFLUX_PASSWORD',
];

function readInflux(set: (name: string) => string | undefined): InfluxConfig | undefined {
  const url = readUrl('INFLUX_URL', set('INFLUX_URL'));
  if (!url) {
    const without = INFLUX_DETAILS.find(set);
    if (without) throw new ConfigError(`${without} is set but INFLUX_URL is not: give the server's address`);
    return undefined;
  }
  const influx = {
    url,
    token: set('INFLUX_TOKEN'),
    org: set('INFLUX_ORG'),
    bucket: set('INFLUX_BUCKET'),
    database: set('INFLUX_DATABASE'),
    username: set('INFLUX_USERNAME'),
    password: set('INFLUX_PASSWORD'),
  };
  if (!influx.bucket && !influx.database) {
    throw new ConfigError('INFLUX_URL is set: give INFLUX_BUCKET (2.x, 3) or INFLUX_DATABASE (1.x) too');
  }
  return influx;
}
