// People through the whole house: posted, killed, imported, dropped as files; nobody's own id is found anywhere after.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Problem, RejectionList } from '../../server/api/contract.ts';
import { CELLS } from './network.ts';
import { RunningServer } from './running-server.ts';

const ENTRY = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
/** Ids that nothing else holds by chance; each is used at one door or in one way to be refused. */
const ANNA = '8613800138001';
const BERTA = 'berta.quist#77';
const CARL = '8613912345678';
const DORA = 'dora-Xy-0099';
const ALL_IDS = [ANNA, BERTA, CARL, DORA];

let server: RunningServer;
let logs = '';
beforeAll(async () => {
  server = await RunningServer.start();
  await server.putCells(CELLS);
});
afterAll(() => server.remove());

async function restart(signal: NodeJS.Signals): Promise<void> {
  await server.kill(signal);
  logs += server.log;
  await server.start();
}

/** Places below the data folder, and of the log, where one of the ids stands. */
function found(words: readonly string[] = ALL_IDS): string[] {
  const files = readdirSync(server.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => {
    // The server lives: a segment of its journal that nobody needs any more may be gone by now.
    const path = join(entry.parentPath, entry.name);
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return [entry.name, (isGzip ? gunzipSync(bytes) : bytes).toString('latin1')] as const;
  });
  return [...texts, ['the log', logs + server.log] as const].flatMap(([name, text]) =>
    words.filter((word) => text.includes(word) || name.includes(word)).map((word) => `${name} holds ${word}`),
  );
}

const json = (path: string, body: unknown) => server.send(path, 'application/json', JSON.stringify(body));

describe('the doors for people', () => {
  it('take subscribers, exposure, complaints and surveys in every form, and keep what they acknowledged through a kill', async () => {
    const [at, day] = ['2024-03-01T10:00:00Z', '2024-03-01'];
    const bodies: [string, string, string | Uint8Array][] = [
      ['subscribers', 'text/csv', `subscriber,tier,plan,tenure_months\n${ANNA},gold,Flex,40\n"${BERTA}",silver,,\n`],
      [
        'subscribers',
        'application/json',
        JSON.stringify({ subscribers: [{ subscriber: Number(CARL), tier: 'gold' }] }),
      ],
      [
        'exposure',
        'application/x-ndjson',
        [ANNA, BERTA].map((subscriber) => JSON.stringify({ subscriber, cell: 'ferry-2-A', day })).join('\n'),
      ],
      [
        'exposure',
        'application/json',
        JSON.stringify({ exposures: [{ subscriber: ANNA, cell: 'harbour-7-A', share: 0.5 }] }),
      ],
      [
        'complaints',
        'application/json',
        JSON.stringify({
          complaints: [{ subscriber: BERTA, at, category: 'voice', text: `I am ${BERTA}, call ${ANNA}` }],
        }),
      ],
      ['surveys', 'text/csv', `subscriber;at;score;scale\n${ANNA};${day};9;nps\n${CARL};${day};4,5;csat\n`],
    ];
    const before = (await server.health()).journal.head;
    const answers = [];
    for (const [kind, type, body] of bodies)
      answers.push(await server.send(`/ingest/${kind}?source=crm`, type, body as string));
    expect(answers.map(({ status, body }) => [status, body.accepted, body.rejected])).toEqual(
      [2, 1, 2, 1, 1, 2].map((accepted) => [202, accepted, 0]),
    );
    await restart('SIGKILL');
    expect((await server.health()).journal.head).toBe(before + bodies.length);
    expect(found()).toEqual([]);
    // The same look finds what is really kept.
    expect(found(['Flex']).length).toBeGreaterThan(0);
  });

  it('also take gzip, and an empty list', async () => {
    const packed = await server.ask('/ingest/subscribers', {
      method: 'POST',
      body: gzipSync(JSON.stringify({ subscribers: [{ subscriber: DORA }] })),
      headers: { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
    });
    expect([packed.status, packed.body]).toEqual([202, { accepted: 1, rejected: 0, rejections: [] }]);
    expect((await json('/ingest/surveys', { surveys: [] })).status).toBe(202);
  });

  it('keep the good beside the bad, and say field and line without the value', async () => {
    const { status, body } = await server.send(
      '/ingest/exposure',
      'text/csv',
      `subscriber,cell,share\n${ANNA},ferry-2-A,0.5\n${CARL},ferry-2-A,50\n${CARL},${CARL},\n`,
    );
    expect(status).toBe(202);
    expect(body).toMatchObject({
      accepted: 1,
      rejected: 2,
      rejections: [
        { line: 3, field: 'share', reason: 'out-of-range' },
        { line: 4, field: 'cell', reason: 'wrong-shape' },
      ],
    });
    expect(JSON.stringify(body)).not.toContain(CARL);
  });

  const at = '2024-03-01';
  it.each<[string, string, string, string | Uint8Array, number]>([
    ['no JSON', 'subscribers', 'application/json', `{"subscribers":[{"subscriber":"${CARL}",`, 400],
    ['JSON of another shape', 'complaints', 'application/json', JSON.stringify({ complaints: { [CARL]: CARL } }), 400],
    ['a list of bare ids', 'surveys', 'application/json', JSON.stringify([CARL, Number(CARL)]), 400],
    ['lines that are no JSON', 'exposure', 'application/x-ndjson', `${CARL}\n{"subscriber":${CARL}`, 400],
    ['CSV without a heading', 'subscribers', 'text/csv', `${CARL},gold\n${BERTA},silver\n`, 400],
    ['a heading and rows that are too long', 'surveys', 'text/csv', `subscriber,at\n${CARL},${at},${BERTA}\n`, 400],
    [
      'values of every wrong kind',
      'subscribers',
      'application/json',
      JSON.stringify([{ subscriber: CARL, price: BERTA, [BERTA]: 1 }]),
      400,
    ],
    [
      'bytes that are no UTF-8',
      'complaints',
      'text/csv',
      Buffer.concat([Buffer.from(`subscriber,at\n${CARL},`), Buffer.from([0xff])]),
      400,
    ],
    ['an encoding that is not known', 'complaints', 'text/csv', `<?xml encoding="${CARL}"?>`, 400],
    [
      'broken gzip',
      'subscribers',
      'application/json',
      Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from(CARL)]),
      400,
    ],
    ['a type that is not known', 'subscribers', 'text/html', CARL, 415],
    [
      'too much',
      'subscribers',
      'application/json',
      JSON.stringify([{ subscriber: CARL, note: 'x'.repeat(33 << 20) }]),
      413,
    ],
    [
      'people at a door for readings',
      'readings',
      'application/json',
      JSON.stringify([{ subscriber: CARL, cell: BERTA }]),
      400,
    ],
  ])('refuse %s without a word of it', async (_, kind, type, body, status) => {
    const answer = await server.send<unknown>(`/ingest/${kind}`, type, body as string);
    expect(answer.status).toBe(status);
    const text = JSON.stringify(answer.body);
    expect(text.length).toBeGreaterThan(60);
    for (const id of ALL_IDS) expect(text).not.toContain(id);
  });

  it('are named to whoever sends people to another door, which reads nothing of them', async () => {
    const person = `{"samples":[{"subscriber":"${DORA}","at":`;
    for (const door of ['/ingest/samples', '/ingest/readings']) {
      const { status, body } = await server.send(door, 'application/json', person);
      expect([door, status, JSON.stringify(body).includes(DORA)]).toEqual([door, 400, false]);
      expect(body.rejections[0]?.detail).toMatch(/about people/);
    }
  });

  it('show no id among the rejections, and none in the answer to a wrong address or method', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const { body } = await server.ask<RejectionList>('/api/rejections');
    expect(body.rejections.length).toBeGreaterThan(8);
    for (const id of ALL_IDS) expect(JSON.stringify(body)).not.toContain(id);
    for (const [path, method] of [
      [`/api/subscribers/${CARL}`, 'GET'],
      [`/API/Subscribers/${CARL}/stars`, 'GET'],
      [`/api%2Fsubscribers%2F${CARL}`, 'GET'],
      [`/api/subscribers/${CARL}/star`, 'DELETE'],
      [`/api/subscribers/${CARL}%E0%A4%A/star`, 'GET'],
    ] as const) {
      const answer = await server.ask<Problem>(path, { method });
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
      expect(JSON.stringify(answer.body)).not.toContain(CARL);
    }
  });
});

describe('with tokens', () => {
  it('only senders, customer care and admins may bring people', async () => {
    const roles = ['ingest', 'care', 'admin', 'viewer', 'engineer', 'planner'];
    const guarded = await RunningServer.start({
      CELLSTAR_TOKENS: roles.map((role) => `${role}:token-of-${role}`).join(','),
    });
    const statuses = await Promise.all(
      roles.map(async (role) => {
        const headers = { 'Content-Type': 'application/json', Authorization: `Bearer token-of-${role}` };
        const body = JSON.stringify({ subscribers: [{ subscriber: DORA }] });
        return (await guarded.ask('/ingest/subscribers', { method: 'POST', body, headers })).status;
      }),
    );
    await guarded.remove();
    expect(statuses).toEqual([202, 202, 202, 403, 403, 403]);
  });
});

describe('files of people', () => {
  it('are read from the inbox and deleted, accepted or refused', async () => {
    const inbox = join(server.folder, 'inbox');
    await mkdir(inbox, { recursive: true });
    await writeFile(join(inbox, 'complaints.csv'), `subscriber,at,text\n${CARL},2024-03-01,no signal; ask ${ANNA}\n`);
    await writeFile(join(inbox, 'broken.csv'), `subscriber,at\n${CARL},yesterday\n`);
    await expect
      .poll(async () => (await readdir(inbox, { recursive: true })).sort(), { timeout: 20_000 })
      .toEqual(['done', 'refused', 'refused/broken.csv.reasons.json']);
  });

  it('go in by the import command, with a mapping for foreign tables; refusals name the line of the table', async () => {
    const mapping = join(server.folder, 'mapping.json');
    const table = join(server.folder, 'inbox', '.table.csv');
    await writeFile(
      mapping,
      JSON.stringify({
        kind: 'surveys',
        columns: { subscriber: 'Who', score: 'Stars' },
        constants: { at: '2024-03-01', scale: 'csat' },
        distinct: true,
      }),
    );
    await writeFile(table, `Who,Stars\n${ANNA},5\n${ANNA},5\n\n${BERTA},9\n`);
    const { CELLSTAR_SAMPLES: _, ...env } = process.env;
    const run = spawnSync(process.execPath, [ENTRY, 'import', '--map', mapping, table], {
      env: { ...env, CELLSTAR_DATA: server.folder },
      encoding: 'utf8',
    });
    expect(run.stderr).toContain('1 accepted, 2 refused');
    expect(run.stderr).toContain('line 3: duplicate');
    expect(run.stderr).toMatch(/line 5: out-of-range: "score"/);
    expect(run.status).toBe(1);
    logs += run.stderr;
    // The table is the test's own: the operator's, elsewhere, is not Cellstar's to delete.
    await writeFile(table, '');
  });
});

describe('after all this, and a restart', () => {
  it('no id is found in the data folder or in the log, and the key is for its owner alone', async () => {
    await restart('SIGTERM');
    expect(found()).toEqual([]);
    expect((await stat(join(server.folder, 'pseudonym.key'))).mode & 0o777).toBe(0o600);
    expect(logs).toContain('pseudonyms: a new key is in');
  });
});
