import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@zarpa/observability';
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { backoffMs } from './backoff.ts';
import { withDeadline } from './deadline.ts';
import { PublishError } from './errors.ts';

/** One life of a connection with its only channel. Nothing of it is used in the next life. */
export interface BrokerSession {
  readonly channel: ConfirmChannel;
  isOpen(): boolean;
  /** Ends this life; a new connection is made. */
  abandon(cause: Error): void;
}

interface BrokerConnectionOptions {
  readonly url: string;
  /** Shown by the broker's tools. */
  readonly name: string;
  readonly logger: Logger;
  /** Declares, sets prefetch, consumes: everything that has to be done again on each new connection. */
  readonly setup: (session: BrokerSession) => Promise<void>;
}

const connectTimeoutMs = 10_000;
const setupTimeoutMs = 30_000;
const closeTimeoutMs = 2_000;
const heartbeatSeconds = '15';
/** A session that lived shorter counts as another failed attempt, so that a setup that works and dies does not spin. */
const stableAfterMs = 5_000;

/** Keeps one connection with one confirm channel open until closed, whatever the broker does. */
export class BrokerConnection {
  readonly #options: BrokerConnectionOptions;
  readonly #closing = new AbortController();
  #next = pendingSession();
  #current: BrokerSession | null = null;
  #running: Promise<void> | null = null;

  constructor(options: BrokerConnectionOptions) {
    this.#options = options;
  }

  /** Begins to connect, and returns at once. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** The open session, now or when there is one. @throws PublishError `timeout` or `closed`. */
  session(timeoutMs: number): Promise<BrokerSession> {
    if (this.#closing.signal.aborted) return Promise.reject(closedError());
    if (this.#current?.isOpen()) return Promise.resolve(this.#current);
    const expired = () => new PublishError('timeout', `No connection to the broker within ${timeoutMs} ms`);
    return withDeadline(this.#next.promise, timeoutMs, expired);
  }

  /** For readiness: rejects while there is no connection. */
  async check(): Promise<void> {
    if (!this.#current?.isOpen()) throw new Error('Not connected to the broker');
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#next.reject(closedError());
    this.#current?.abandon(new Error('Closed by this process'));
    await this.#running;
  }

  async #run(): Promise<void> {
    const { logger, name } = this.#options;
    for (let attempt = 0; !this.#closing.signal.aborted; attempt++) {
      const startedAt = Date.now();
      try {
        const cause = await this.#live();
        if (!this.#closing.signal.aborted) logger.warn({ err: cause, connection: name }, 'Lost broker connection');
      } catch (error) {
        logger.warn({ err: error, connection: name, attempt }, 'Failed to open broker connection');
      }
      if (Date.now() - startedAt > stableAfterMs) attempt = 0;
      await delay(backoffMs(attempt), undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
  }

  /** Opens a session and resolves with the cause of its end. */
  async #live(): Promise<Error> {
    const model = await connect(withHeartbeat(this.#options.url), {
      noDelay: true,
      keepAlive: true,
      timeout: connectTimeoutMs,
      clientProperties: { connection_name: this.#options.name },
    });
    const lost = watch(model, this.#options);
    try {
      const opening = this.#open(model, lost);
      const session = await withDeadline(
        Promise.race([opening, lost.promise.then((cause) => Promise.reject(cause))]),
        setupTimeoutMs,
        () => new Error(`The broker did not answer within ${setupTimeoutMs} ms`),
      );
      if (this.#closing.signal.aborted) return new Error('Closed by this process');
      this.#current = session;
      this.#next.resolve(session);
      this.#options.logger.info({ connection: this.#options.name }, 'Opened broker connection');
      return await lost.promise;
    } finally {
      if (this.#current) this.#next = pendingSession();
      this.#current = null;
      lost.resolve(new Error('Setup failed'));
      await withDeadline(model.close(), closeTimeoutMs, () => new Error('Close timed out')).catch(() => undefined);
    }
  }

  async #open(model: ChannelModel, lost: Lost): Promise<BrokerSession> {
    const channel = await model.createConfirmChannel();
    channel.on('error', (error) => lost.resolve(error));
    channel.on('close', () => lost.resolve(new Error('The channel was closed')));
    channel.on('handler-error', (error) => lost.resolve(error));
    const session = { channel, isOpen: () => !lost.settled(), abandon: (cause: Error) => lost.resolve(cause) };
    await this.#options.setup(session);
    return session;
  }
}

interface Lost {
  readonly promise: Promise<Error>;
  resolve(cause: Error): void;
  settled(): boolean;
}

function watch(model: ChannelModel, { logger, name }: BrokerConnectionOptions): Lost {
  const { promise, resolve } = Promise.withResolvers<Error>();
  let settled = false;
  const lost: Lost = {
    promise,
    resolve(cause) {
      settled = true;
      resolve(cause);
    },
    settled: () => settled,
  };
  model.on('error', (error) => lost.resolve(error));
  model.on('close', (error) => lost.resolve(error ?? new Error('The connection was closed')));
  model.on('handler-error', (error) => lost.resolve(error));
  model.on('blocked', (reason) => logger.warn({ connection: name, reason }, 'Broker blocked publishing'));
  model.on('unblocked', () => logger.info({ connection: name }, 'Broker unblocked publishing'));
  return lost;
}

function pendingSession(): PromiseWithResolvers<BrokerSession> {
  const pending = Promise.withResolvers<BrokerSession>();
  pending.promise.catch(() => undefined);
  return pending;
}

function closedError(): PublishError {
  return new PublishError('closed', 'The connection to the broker is closed');
}

function withHeartbeat(address: string): string {
  const url = new URL(address);
  if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', heartbeatSeconds);
  return url.href;
}
