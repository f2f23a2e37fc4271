// How the pretend network behaves towards a server: waits, comes back when told, and passes on a refusal.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { Refused, Sender } from '../../simulators/sender.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
interface Seen {
  method?: string;
  url?: string;
  type?: string;
  authorization?: string;
  body: string;
}

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A server that answers one request after another as told, the last answer again and again. */
async function listen(answers: Answer[], port = 0): Promise<{ server: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const http = createServer(async (request, response) => {
    const { method, url, headers } = request;
    seen.push({
      method,
      url,
      type: headers['content-type'],
      authorization: headers.authorization,
      body: await text(request),
    });
    answers[Math.min(seen.length, answers.length) - 1]!(request, response);
  });
  open.push(http);
  await new Promise<void>((done) => http.listen(port, '127.0.0.1', done));
  return { server: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, seen };
}

const accept: Answer = (_, response) => void response.writeHead(202).end('{"accepted":1,"rejected":0,"rejections":[]}');
const later: Answer = (_, response) => void response.writeHead(429, { 'retry-after': '7' }).end('{"title":"full"}');
const LINES = new TextEncoder().encode('{"cell":"a"}\n');
const READINGS = { door: 'readings', body: LINES, rows: 1 } as const;

function sender(server: string, extra: { token?: string; sleep?: (ms: number) => Promise<void> } = {}) {
  const said: string[] = [];
  const slept: number[] = [];
  const sleep = extra.sleep ?? (async (ms: number) => void slept.push(ms));
  return { said, slept, sender: new Sender({ server, token: extra.token, say: (line) => said.push(line), sleep }) };
}

describe('the sender', () => {
  it('posts NDJSON under its own name, with the token it was given', async () => {
    const { server, seen } = await listen([accept]);
    await sender(server, { token: 'secret' }).sender.deliver(READINGS);
    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/ingest/readings?source=city',
        type: 'application/x-ndjson',
        authorization: 'Bearer secret',
        body: '{"cell":"a"}\n',
      },
    ]);
  });

  it('puts the inventory as JSON', async () => {
    const { server, seen } = await listen([accept]);
    await sender(server).sender.putInventory([{ id: 'a', siteId: 's', radio: 'LTE' }]);
    expect(seen[0]).toMatchObject({ method: 'PUT', url: '/api/inventory', type: 'application/json' });
    expect(JSON.parse(seen[0]!.body).cells).toHaveLength(1);
  });

  it('sends the same readings again after a 429, when it was told to', async () => {
    const { server, seen } = await listen([later, later, accept]);
    const { sender: own, slept } = sender(server);
    await own.deliver(READINGS);
    expect(seen.map(({ body }) => body)).toEqual(Array(3).fill('{"cell":"a"}\n'));
    expect(slept).toEqual([7000, 7000]);
  });

  it('posts radio samples and what is known of people at their own doors, again after a 429', async () => {
    const { server, seen } = await listen([later, accept, later, accept]);
    const { sender: own, slept } = sender(server);
    await own.postSamples(LINES);
    await own.postPeople('complaints', LINES);
    const [samples, complaints] = ['/ingest/samples?source=city', '/ingest/complaints?source=city'];
    expect(seen.map(({ url }) => url)).toEqual([samples, samples, complaints, complaints]);
    expect(seen.every(({ type, body }) => type === 'application/x-ndjson' && body === '{"cell":"a"}\n')).toBe(true);
    expect(slept).toEqual([7000, 7000]);
  });

  it('waits for a server that is not there yet, and says so once', async () => {
    const { server } = await listen([accept]);
    const port = Number(new URL(server).port);
    await new Promise((done) => open.pop()!.close(done));
    let tries = 0;
    const sleep = async () => {
      if (++tries === 3) await listen([accept], port);
    };
    const { sender: own, said } = sender(server, { sleep });
    await own.deliver(READINGS);
    expect(tries).toBe(3);
    expect(said).toEqual([`waiting for the server at ${server} …`]);
  });

  it('gives up on a server that stays away for half a minute', async () => {
    const { server } = await listen([accept]);
    await new Promise((done) => open.pop()!.close(done));
    const { sender: own, slept } = sender(server);
    await expect(own.deliver(READINGS)).rejects.toThrow(`no server answers at ${server}`);
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(30_000);
  });

  it('ends with the words of a server that says no', async () => {
    const { server } = await listen([(_, response) => void response.writeHead(401).end('{"title":"who are you?"}')]);
    const posting = sender(server).sender.deliver(READINGS);
    await expect(posting).rejects.toThrow(Refused);
    await expect(posting).rejects.toThrow('401: {"title":"who are you?"}');
  });

  it('tells once what was refused, and goes on', async () => {
    const refuse: Answer = (_, response) =>
      void response
        .writeHead(202)
        .end(
          '{"accepted":0,"rejected":2,"rejections":[{"index":0,"reason":"out-of-range","detail":"prb_util_pct 140"}]}',
        );
    const { server } = await listen([refuse]);
    const { sender: own, said } = sender(server);
    await own.deliver(READINGS);
    await own.deliver(READINGS);
    expect(said).toEqual(['the server refused 2: out-of-range: prb_util_pct 140']);
  });

  it('finds out what the server has of it already', async () => {
    const sources =
      '{"sources":[{"id":"readings/other","newestAt":null},{"id":"readings/city","newestAt":"2026-03-17T21:45:00.000Z"}]}';
    const { server } = await listen([
      (_, response) => void response.end(sources),
      (_, response) => void response.writeHead(404).end(),
    ]);
    const { sender: own } = sender(server);
    expect(await own.newestAt()).toBe(Date.UTC(2026, 2, 17, 21, 45));
    expect(await own.newestAt()).toBeNull();
  });
});
