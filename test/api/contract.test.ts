// Every answer and message carries what the contract says, all of it and nothing beside: asked of a running server.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  Alert,
  AlertExplanation,
  BacktestAnswer,
  CalendarList,
  CalendarReceipt,
  CapacityAnswer,
  CapacityRow,
  CellDetail,
  CellList,
  CellRow,
  DetectionAnswer,
  FoundSubscriber,
  HealthAnswer,
  LiveMessage,
  LookUpList,
  MadeMute,
  Mute,
  MuteList,
  PersonStar,
  PredictionList,
  PredictionRecord,
  RejectionList,
  RemovedDay,
  Series,
  SourceList,
  StarSummary,
  StarsAtRisk,
} from '../../server/api/contract.ts';
import { OPENAPI } from '../../server/api/openapi.ts';
import { EXCUSES } from '../../server/model/detection.ts';
import { HEALTHS } from '../../server/model/health.ts';
import { CELL_IDS, CELLS, DAY, ordinary, PERIOD_MS, periodsOf, START } from '../flow/network.ts';
import { LiveClient, RunningServer } from '../flow/running-server.ts';
import { expectKeys, type Keys } from './keys.ts';

const ROW: Keys<CellRow> = {
  ...{ id: 'must', index: 'must', siteId: 'must', radio: 'must', lat: 'must', lon: 'must', health: 'must', at: 'must' },
  ...{ kpis: 'must', name: 'may', nameZh: 'may', band: 'may', azimuthDeg: 'may', frequencyMhz: 'may' },
};
const ALERT: Keys<Alert> = {
  ...{ id: 'must', kind: 'must', audience: 'must', severity: 'must', state: 'must', scope: 'must', cells: 'must' },
  ...{ raisedAt: 'must', changedAt: 'must', toldAt: 'must', count: 'must', title: 'must', evidence: 'must' },
  ...{ why: 'must', wouldClear: 'must', history: 'must' },
  ...{
    siteId: 'may',
    partOf: 'may',
    mutedBy: 'may',
    kpi: 'may',
    clearedAt: 'may',
    wellSince: 'may',
    creepsSince: 'may',
    acknowledgedBy: 'may',
    assignedTo: 'may',
  },
  ...{ impact: 'may', alarms: 'may', proposedRepair: 'may', cause: 'may', prediction: 'may', foretoldBy: 'may' },
};
const CAPACITY: Keys<CapacityRow> = {
  ...{ cell: 'must', at: 'must', state: 'must', days: 'must', busyHour: 'must', users: 'must', fillUsers: 'must' },
  ...{ limit: 'must', blocksPct: 'must', growthPctPerWeek: 'must', trigger: 'must', full: 'must', fullSince: 'must' },
  ...{ steps: 'must', name: 'must', nameZh: 'may', area: 'may', areaZh: 'may', lat: 'must', lon: 'must' },
  ...{ people: 'may', starsAtRisk: 'may', tellsFrom: 'must' },
};

let server: RunningServer;
let live: LiveClient;
const get = async <T>(path: string) => (await server.ask<T>(path)).body;

beforeAll(async () => {
  server = await RunningServer.start();
  await server.putCells(CELLS);
  await server.post(periodsOf(CELL_IDS, 0, 8));
  live = new LiveClient(server);
  await live.next('hello');
  const down = { availability_pct: 0, fault_unavail_s: 900 };
  for (const period of [8, 9, 10]) {
    const sick = ['A', 'B', 'C'].map((sector) => ({
      cell: `harbour-7-${sector}`,
      at: START + (period + 1) * PERIOD_MS,
      kpis: down,
    }));
    await server.post([...sick, ordinary('ferry-2-A', period)]);
  }
  await server.settled();
});
afterAll(() => {
  live.close();
  return server.remove();
});

describe('the answers', () => {
  it('to health', async () => {
    const health = await server.health();
    expectKeys<HealthAnswer>(health, {
      ...{ status: 'must', version: 'must', startedAt: 'must', dataAt: 'must', zone: 'must', cells: 'must' },
      ...{
        unplaced: 'must',
        readings: 'must',
        rejected: 'must',
        sources: 'must',
        ...{ late: 'must', doubled: 'must', quietSources: 'must' },
        openAlerts: 'must',
        mutedAlerts: 'must',
        byHealth: 'must',
      },
      ...{ journal: 'must', store: 'must', detector: 'must', inbox: 'must', access: 'must', polls: 'must' },
    });
    expectKeys<HealthAnswer['journal']>(health.journal, {
      head: 'must',
      bytes: 'must',
      maxBytes: 'must',
      behind: 'must',
      waitingSince: 'must',
    });
    expectKeys<HealthAnswer['store']>(health.store, {
      name: 'must',
      ok: 'must',
      bytes: 'may',
      error: 'may',
      levels: 'may',
    });
    expectKeys<HealthAnswer['detector']>(health.detector, {
      ...{ version: 'must', cells: 'must', series: 'must', bytes: 'must', unwatched: 'must' },
    });
    expectKeys<HealthAnswer['inbox']>(health.inbox, {
      folder: 'must',
      waiting: 'must',
      stuck: 'must',
      done: 'must',
      refused: 'must',
    });
    expect(Object.keys(health.byHealth).sort()).toEqual([...HEALTHS].sort());
    expect(Object.values(health.byHealth).reduce((sum, n) => sum + n, 0)).toBe(health.cells);
  });

  it('about cells', async () => {
    const { cells, ...rest } = await get<CellList>('/api/cells');
    expect(rest).toEqual({});
    for (const cell of cells) expectKeys<CellRow>(cell, ROW);
    expectKeys<CellDetail>(await server.cell('harbour-7-A'), {
      ...ROW,
      ...{ cell: 'must', periodSeconds: 'must', suspect: 'must', source: 'must', alerts: 'must', usual: 'must' },
      ...{ counters: 'must', lineage: 'must', alarms: 'must', changes: 'must' },
    });
    expectKeys<Series>(await server.series('harbour-7-A', 'drop_rate_pct'), {
      ...{ kpi: 'must', unit: 'must', step: 'must', points: 'must', band: 'must', forecast: 'must', marks: 'must' },
      ...{ level: 'must', note: 'may', spread: 'must' },
    });
  });

  it('about alerts, in lists, one by one and with their cells; codes of the house stay in the house', async () => {
    const alerts = await server.alerts();
    expect(alerts.length).toBeGreaterThanOrEqual(3);
    expect(alerts.some((alert) => alert.scope === 'site')).toBe(true);
    const one = await get<Alert>(`/api/alerts/${alerts[0]!.id}`);
    const ofCell = (await server.cell('harbour-7-A')).alerts;
    for (const alert of [...alerts, one, ...ofCell]) {
      expectKeys<Alert>(alert, ALERT);
      expect(
        [alert.title, alert.why, alert.wouldClear].every((text) => typeof text === 'string' && text.length > 5),
      ).toBe(true);
      expect(alert.raisedAt).toBe(new Date(alert.raisedAt).toISOString());
    }
    expect(one).toEqual(alerts[0]);
  });

  it('why an alert is there', async () => {
    const site = (await server.alerts()).find(({ scope }) => scope === 'site')!;
    const why = await get<AlertExplanation>(`/api/alerts/${site.id}/explanation`);
    expectKeys<AlertExplanation>(why, {
      ...{ alertId: 'must', at: 'must', cell: 'must', kpi: 'must', unit: 'must', observed: 'must', expected: 'must' },
      ...{ low: 'must', high: 'must', attempts: 'may', sentence: 'must', cause: 'must', shares: 'must' },
      ...{ alsoMoved: 'must', wouldClear: 'must', alike: 'must' },
    });
    expectKeys<AlertExplanation['cause']>(why.cause, {
      code: 'must',
      sentence: 'must',
      repair: 'must',
      evidence: 'must',
    });
    for (const share of why.shares) {
      expectKeys<AlertExplanation['shares'][0]>(share, {
        ...{ counter: 'may', kpi: 'may', name: 'must', from: 'must', to: 'must', sharePct: 'must', together: 'may' },
        ...{ sentence: 'must' },
      });
    }
    for (const moved of why.alsoMoved) {
      expectKeys<AlertExplanation['alsoMoved'][0]>(moved, {
        ...{ kpi: 'must', cell: 'must', name: 'must', observed: 'must', expected: 'must', direction: 'must' },
        ...{ strength: 'must', cells: 'may', of: 'may', recent: 'must', sentence: 'must' },
      });
    }
    for (const alike of why.alike) {
      expectKeys<AlertExplanation['alike'][0]>(alike, {
        ...{ alertId: 'must', title: 'must', similarity: 'must', raisedAt: 'must', lastedSeconds: 'must' },
        ...{ mendedBy: 'must', sentence: 'must' },
      });
    }
  });

  it('about mutes: made, listed and ended', async () => {
    const ask = {
      cells: ['ferry-2-A'],
      from: START + DAY * PERIOD_MS,
      to: START + 2 * DAY * PERIOD_MS,
      reason: 'works',
    };
    const made = (await server.send<MadeMute>('/api/mutes', 'application/json', JSON.stringify(ask))).body;
    expectKeys<MadeMute>(made, { id: 'must', unknown: 'may' });
    const list = await get<MuteList>('/api/mutes?state=all');
    expectKeys<MuteList>(list, { at: 'must', mutes: 'must', nextCursor: 'may' });
    const { body: ended } = await server.ask<Mute>(`/api/mutes/${made.id}`, { method: 'DELETE' });
    for (const mute of [list.mutes.find(({ id }) => id === made.id)!, ended]) {
      expectKeys<Mute>(mute, {
        ...{ id: 'must', from: 'must', to: 'must', reason: 'must', by: 'must', role: 'must', madeAt: 'must' },
        ...{ state: 'must', window: 'must', holds: 'must', repeat: 'may', until: 'may', worst: 'may' },
        ...{ endedAt: 'may', ended: 'may', cells: 'may', siteId: 'may', area: 'may', all: 'may', kinds: 'may' },
      });
    }
    expect(ended.ended).toMatchObject({ role: 'admin' });
  });

  it('about special days: taken, listed and taken back', async () => {
    const put = { method: 'PUT', headers: { 'Content-Type': 'text/csv' }, body: 'date,type\n2024-05-01,holiday\n' };
    const { body: receipt } = await server.ask<CalendarReceipt>('/api/calendar', put);
    expectKeys<CalendarReceipt>(receipt, {
      accepted: 'must',
      rejected: 'must',
      rejections: 'must',
      removed: 'may',
      unknown: 'may',
      late: 'may',
      notes: 'may',
    });
    const list = await get<CalendarList>('/api/calendar');
    expectKeys<CalendarList>(list, { days: 'must', nextCursor: 'may' });
    expectKeys<CalendarList['days'][0]>(list.days[0]!, { date: 'must', type: 'must', area: 'may', name: 'may' });
    const { body: gone } = await server.ask<RemovedDay>('/api/calendar/2024-05-01', { method: 'DELETE' });
    expectKeys<RemovedDay>(gone, { removed: 'must' });
    expect(gone.removed).toEqual(list.days[0]);
  });

  it('about capacity, also while too little is known', async () => {
    const answer = await get<CapacityAnswer>('/api/capacity?state=all');
    expectKeys<CapacityAnswer>(answer, {
      ...{ at: 'must', daysNeeded: 'must', daysKnown: 'must', counts: 'must', areas: 'must', cells: 'must' },
      ...{ nextCursor: 'must', tellsFrom: 'must' },
    });
    for (const row of answer.cells) expectKeys<CapacityRow>(row, CAPACITY);
  });

  it('about how the detector judges', async () => {
    const answer = await get<DetectionAnswer>('/api/detection');
    expectKeys<DetectionAnswer>(answer, {
      ...{ detector: 'must', settings: 'must', budget: 'must', excused: 'must', learning: 'must' },
    });
    expectKeys<DetectionAnswer['budget']>(answer.budget, {
      ...{ cells: 'must', allowedPerDay: 'must', begunPerDay: 'must', expectedByChancePerDay: 'must', line: 'must' },
      ...{ highestLine: 'must', met: 'must', days: 'must', learnsUntil: 'must' },
    });
    // Four cells never tell what chance does.
    expect(answer.budget).toMatchObject({ cells: 4, allowedPerDay: 0.004, line: 1, met: null, learnsUntil: null });
    expect(answer.settings).toEqual([]);
    expect(Object.keys(answer.excused).sort()).toEqual([...EXCUSES].sort());
    expect(answer.learning.series).toBeGreaterThan(0);
  });

  it('about what is foretold, and how good that was', async () => {
    const list = await get<PredictionList>('/api/predictions');
    expectKeys<PredictionList>(list, { predictions: 'must', nextCursor: 'may' });
    const record = await get<PredictionRecord>('/api/predictions/record');
    expectKeys<PredictionRecord>(record, { groups: 'must', reliability: 'must' });
  });

  it('whether a rule would have fired', async () => {
    const ask = { from: new Date(START).toISOString(), to: 'now', rule: 'availability_pct < 50' };
    const { body } = await server.send<BacktestAnswer>('/api/backtest', 'application/json', JSON.stringify(ask));
    expectKeys<BacktestAnswer>(body, {
      ...{ judge: 'must', from: 'must', to: 'must', cells: 'must', cellDays: 'must', readings: 'must' },
      ...{
        learnedDays: 'must',
        zone: 'must',
        would: 'must',
        did: 'must',
        both: 'must',
        onlyWould: 'must',
        onlyDid: 'must',
      },
      ...{ rows: 'must', leftOff: 'must' },
    });
    expect(body.rows.length).toBeGreaterThanOrEqual(3);
    for (const row of body.rows) {
      expectKeys<BacktestAnswer['rows'][0]>(row, { outcome: 'must', cell: 'must', would: 'must', did: 'must' });
      for (const fired of [row.would, row.did].filter((one) => one !== null)) {
        expectKeys<typeof fired>(fired, {
          ...{ kind: 'must', from: 'must', to: 'must', kpi: 'must', peak: 'must', text: 'must', alert: 'may' },
        });
      }
    }
  });

  it('about people and their stars', async () => {
    const people = Array.from({ length: 40 }, (_, i) => `1390000${String(i).padStart(4, '0')}`);
    await server.send(
      '/ingest/subscribers',
      'application/json',
      JSON.stringify({
        subscribers: people.map((subscriber, i) => ({
          subscriber,
          tier: i % 2 ? 'gold' : '3',
          plan: 'p',
          left: i % 10 === 0,
        })),
      }),
    );
    await server.send(
      '/ingest/exposure',
      'application/json',
      JSON.stringify({
        exposure: people.map((subscriber) => ({ subscriber, cell: 'harbour-7-A', share: 1 })),
      }),
    );
    const complaints = [{ subscriber: people[1], at: START, category: 'coverage' }];
    await server.send('/ingest/complaints', 'application/json', JSON.stringify({ complaints }));
    await server.settled();

    const star = await get<PersonStar>(`/api/subscribers/${people[1]}/star`);
    expectKeys<PersonStar>(star, {
      ...{ subscriber: 'must', at: 'must', stars: 'must', score: 'must', low: 'must', high: 'must', tier: 'must' },
      ...{ plan: 'must', tenureMonths: 'must', dimensions: 'must', history: 'must', change: 'must', outlook: 'must' },
      ...{ servedBy: 'must', hours: 'must', now: 'must', complaints: 'must' },
    });
    for (const dimension of star.dimensions) {
      expectKeys<PersonStar['dimensions'][0]>(dimension, {
        ...{ id: 'must', score: 'must', weight: 'must', usual: 'must', reasons: 'must' },
      });
      for (const reason of dimension.reasons) {
        expectKeys<(typeof dimension.reasons)[0]>(reason, { text: 'must', cells: 'may', from: 'may', to: 'may' });
      }
    }
    for (const day of star.history) {
      expectKeys<PersonStar['history'][0]>(day, { day: 'must', score: 'must', stars: 'must', network: 'must' });
    }
    expectKeys<PersonStar['outlook']>(star.outlook, { text: 'must', score: 'must', belowTwoStars: 'must' });
    expect(star.now.length).toBeGreaterThan(0);
    for (const alert of star.now) expectKeys<Alert>(alert, { ...ALERT, impact: 'must' });

    const summary = await get<StarSummary>('/api/stars/summary?by=area&across=tier');
    expectKeys<StarSummary>(summary, {
      ...{ at: 'must', people: 'must', meanScore: 'must', stars: 'must', before: 'must', groups: 'must' },
      ...{ moved: 'must', causes: 'must', evidence: 'must' },
    });
    for (const group of summary.groups) {
      expectKeys<StarSummary['groups'][0]>(group, {
        ...{ key: 'must', name: 'must', people: 'must', meanScore: 'must', stars: 'must', change: 'must' },
        ...{ history: 'must', across: 'may' },
      });
    }
    for (const link of summary.evidence) {
      expectKeys<StarSummary['evidence'][0]>(link, {
        ...{ outcome: 'must', measure: 'must', people: 'must', cases: 'must', auc: 'must', low: 'must' },
        ...{ high: 'must', strength: 'must', text: 'must' },
      });
    }
    const risk = await get<StarsAtRisk>('/api/stars/at-risk');
    expectKeys<StarsAtRisk>(risk, { at: 'must', people: 'must', before: 'must', groups: 'must', subscribers: 'may' });
    const found = await server.send<FoundSubscriber>(
      '/api/subscribers/find',
      'application/json',
      `{"id":"${people[1]}"}`,
    );
    expectKeys<FoundSubscriber>(found.body, { subscriber: 'must' });
    const { lookUps } = await get<LookUpList>('/api/subscribers/audit');
    expectKeys<LookUpList['lookUps'][0]>(lookUps[0]!, { at: 'must', role: 'must', subscriber: 'must' });
  });

  it('about senders', async () => {
    const { sources } = await get<SourceList>('/api/sources');
    const people = ['subscribers/unnamed', 'exposure/unnamed', 'complaints/unnamed'];
    expect(sources.map(({ id }) => id)).toEqual(['inventory', 'readings/test', ...people]);
    expectKeys<SourceList['sources'][0]>(sources[1]!, {
      ...{ id: 'must', newestAt: 'must', heardAt: 'must', expectedAt: 'must', periodSeconds: 'must' },
      ...{ readings: 'must', samples: 'must', rejected: 'must', late: 'must', doubled: 'must', lastDay: 'must' },
      ...{ usualGapMs: 'must', gapMs: 'must', longestGapMs: 'must', delaySeconds: 'must', clock: 'must' },
      ...{ cells: 'must', lastRejection: 'must', quiet: 'must' },
    });
    const first = await get<SourceList>('/api/sources?limit=3');
    const rest = await get<SourceList>(`/api/sources?limit=3&cursor=${first.nextCursor}`);
    expect([...first.sources, ...rest.sources].map(({ id }) => id)).toEqual(sources.map(({ id }) => id));
    expect([first.sources.length, rest.nextCursor]).toEqual([3, undefined]);
    expect((await server.ask('/api/sources?cursor=x')).status).toBe(400);
  });

  it('about what was refused, newest first, page by page, each once', async () => {
    await server.post(
      Array.from({ length: 25 }, (_, i) => ({ cell: `x${i}`, at: START, kpis: { latency_ms: 'slow' } })),
    );
    const indexes: (number | undefined)[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page: RejectionList = await get(`/api/rejections?limit=10${cursor && `&cursor=${cursor}`}`);
      expectKeys<RejectionList>(page, {
        ...{ rejections: 'must', counts: 'must', nextCursor: 'may', total: 'must', kept: 'must', text: 'must' },
      });
      expect([page.total, page.counts.map(({ reason, count }) => [reason, count])]).toEqual([
        25,
        [['not-a-number', 25]],
      ]);
      for (const rejection of page.rejections) {
        expectKeys<RejectionList['rejections'][0]>(rejection, {
          ...{ at: 'must', source: 'must', reason: 'must', detail: 'must' },
          ...{ index: 'may', line: 'may', file: 'may', field: 'may', excerpt: 'may', count: 'may' },
        });
        indexes.push(rejection.index);
      }
      cursor = page.nextCursor;
    }
    expect(indexes).toEqual(Array.from({ length: 25 }, (_, i) => 24 - i));
  });

  it('page through cells and alerts, each once', async () => {
    const paged = async (path: string, list: string) => {
      const ids: string[] = [];
      for (let cursor: string | undefined = ''; cursor !== undefined; ) {
        const page: Record<string, { id: string }[]> & { nextCursor?: string } = await get(
          `${path}limit=2${cursor && `&cursor=${cursor}`}`,
        );
        ids.push(...page[list]!.map(({ id }) => id));
        cursor = page.nextCursor as string | undefined;
      }
      return ids;
    };
    expect((await paged('/api/cells?', 'cells')).sort()).toEqual([...CELL_IDS].sort());
    expect(await paged('/api/alerts?state=all&', 'alerts')).toEqual((await server.alerts()).map(({ id }) => id));
  });

  it('to Prometheus are lines of its text format, each figure explained once', async () => {
    const { body, headers } = await server.ask<string>('/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    for (const line of body.trim().split('\n')) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) cellstar_\w+ .+|cellstar_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? -?[\d.e+]+)$/,
      );
    }
    const helps = body.match(/# HELP \S+/g)!;
    expect(new Set(helps).size).toBe(helps.length);
    expect(body).toContain('cellstar_cells 4\n');
    expect(body).toContain('cellstar_store_up 1\n');
  });

  it('list every door: each one that is named is there', async () => {
    expect(await get('/api/openapi.json')).toEqual(JSON.parse(JSON.stringify(OPENAPI)));
    for (const [path, methods] of Object.entries(OPENAPI.paths)) {
      if (path === '/api/live') continue;
      for (const method of Object.keys(methods)) {
        const answer = await server.ask<{ detail?: string }>(path.replace('{id}', 'nobody'), {
          method: method.toUpperCase(),
        });
        expect(answer.body.detail ?? '').not.toMatch(/^there is no [A-Z]+ \//);
        expect([path, answer.status]).not.toEqual([path, 405]);
        expect(answer.status).toBeLessThan(500);
      }
    }
  });
});

describe('the messages', () => {
  type Message<T extends LiveMessage['type']> = Extract<LiveMessage, { type: T }>;

  it('of the live socket', async () => {
    const hello = await live.next('hello');
    expectKeys<Message<'hello'>>(hello, {
      ...{ type: 'must', seq: 'must', version: 'must', dataAt: 'must', zone: 'must', cells: 'must', lang: 'must' },
    });
    const { alert, ...rest } = await live.next('alert');
    expectKeys<Omit<Message<'alert'>, 'alert'>>(rest, { type: 'must', seq: 'must' });
    expectKeys<Alert>(alert, ALERT);
    const red = await live.next('cells', ({ cells }) => cells.some(({ health }) => health === 'critical'));
    expectKeys<Message<'cells'>>(red, { type: 'must', seq: 'must', at: 'must', cells: 'must' });
    for (const cell of red.cells) expectKeys<(typeof red.cells)[0]>(cell, { id: 'must', health: 'must', at: 'must' });
    await server.putCells([{ id: 'new-1', siteId: 'new', radio: 'LTE' }]);
    const inventory = await live.next('inventory');
    expect(inventory).toEqual({ type: 'inventory', seq: expect.any(Number), cells: 5 });
    const lost = new LiveClient(server, '?since=999999999999');
    expect(await lost.next('resync')).toEqual({ type: 'resync', seq: expect.any(Number) });
    lost.close();
    const seqs = live.messages.map(({ seq }) => seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  it('speak Chinese to who asks for it', async () => {
    const chinese = new LiveClient(server, '?lang=zh&since=0');
    expect((await chinese.next('hello')).lang).toBe('zh');
    expect((await chinese.next('alert')).alert.title).toMatch(/\p{Script=Han}/u);
    chinese.close();
  });
});
