// Our own detector as it is used: the built server, fed by its doors at full speed, its alerts and visits as it tells them.

import { isDeepStrictEqual } from 'node:util';
import { WebSocket } from 'ws';
import type {
  Alert,
  AlertExplanation,
  AlertList,
  AlertPrediction,
  DispatchAnswer,
  LiveMessage,
} from '../../server/api/contract.ts';
import { RunningServer } from '../flow/running-server.ts';
import { isDetection, type Prediction, type ScoredAlert, type ScoredVisit, type Told } from './scored-alert.ts';

/** What is known of an alert from all that was told of it. */
interface Story {
  first: Alert;
  last: Alert;
  returns: number[];
  restated: { at: number; prediction: Prediction }[];
}

const PAGE = 500;

/** A connection that rests for seconds is closed by the server, perhaps just as it is used again: then once more. */
const twice = <T>(ask: () => Promise<T>): Promise<T> => ask().catch(ask);

export class ServerRun {
  private readonly stories = new Map<string, Story>();
  /** By day of the network. */
  private readonly visits = new Map<string, ScoredVisit[]>();

  private constructor(
    private readonly server: RunningServer,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data) => {
      const message = JSON.parse(data.toString()) as LiveMessage;
      if (message.type === 'alert') this.note(message.alert);
    });
    // What the socket misses is read from the list at the end.
    socket.on('error', () => undefined);
  }

  static async start(): Promise<ServerRun> {
    const server = await RunningServer.start({ CELLSTAR_CONFIG: '' });
    return new ServerRun(server, new WebSocket(`${server.url.replace('http', 'ws')}/api/live`));
  }

  get url(): string {
    return this.server.url;
  }

  /** The list of visits as it stands now, unless that of the day is known. */
  async readVisits(): Promise<void> {
    await twice(() => this.server.settled());
    const { day, at, visits } = (await twice(() => this.server.ask<DispatchAnswer>('/api/dispatch'))).body;
    if (this.visits.has(day)) return;
    const read = visits.map(({ cells }) => ({ at: Date.parse(at), cells }));
    this.visits.set(day, read);
  }

  /** All that was told, once everything that was sent is dealt with; the server is gone afterwards. */
  async finish(withCauses = false): Promise<Omit<Told, 'name'>> {
    await twice(() => this.server.settled());
    for (const alert of await this.listed()) this.note(alert);
    const alerts = [...this.stories.values()].map(scoredAlert).sort((a, b) => a.raises[0]! - b.raises[0]!);
    if (withCauses) for (const alert of alerts.filter(isDetection)) alert.cause = await this.causeOf(alert);
    await this.close();
    return { alerts, visits: [...this.visits.values()].flat() };
  }

  private async causeOf({ id }: ScoredAlert): Promise<string | undefined> {
    const path = `/api/alerts/${encodeURIComponent(id)}/explanation`;
    return (await this.server.ask<AlertExplanation>(path)).body.cause?.code;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.server.remove();
  }

  private async listed(): Promise<Alert[]> {
    const alerts: Alert[] = [];
    let cursor = '';
    do {
      const { body } = await this.server.ask<AlertList>(`/api/alerts?state=all&limit=${PAGE}${cursor}`);
      alerts.push(...body.alerts);
      cursor = body.nextCursor ? `&cursor=${encodeURIComponent(body.nextCursor)}` : '';
    } while (cursor !== '');
    return alerts;
  }

  private note(alert: Alert): void {
    const known = this.stories.get(alert.id);
    if (!known) {
      this.stories.set(alert.id, { first: alert, last: alert, returns: [], restated: [] });
      return;
    }
    if (alert.prediction && !isDeepStrictEqual(alert.prediction, known.last.prediction))
      known.restated.push({ at: Date.parse(alert.changedAt), prediction: predictionOf(alert.prediction) });
    if (known.last.state === 'cleared' && alert.state !== 'cleared') known.returns.push(Date.parse(alert.changedAt));
    known.last = alert;
  }
}

function scoredAlert({ first, last, returns, restated }: Story): ScoredAlert {
  const { id, kind, scope, audience, cells, partOf, clearedAt } = last;
  const scored = { id, kind, scope, audience, cells, partOf, raises: [Date.parse(first.raisedAt), ...returns] };
  const { prediction } = first;
  if (!prediction) return scored;
  const endedAt = clearedAt === undefined ? undefined : Date.parse(clearedAt);
  return { ...scored, endedAt, prediction: predictionOf(prediction), restated };
}

function predictionOf({ expectedAt, earliestAt, latestAt, probability }: AlertPrediction): Prediction {
  return {
    expectedAt: Date.parse(expectedAt),
    earliestAt: Date.parse(earliestAt),
    latestAt: Date.parse(latestAt),
    probability,
  };
}
