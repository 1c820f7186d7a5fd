import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from '@zarpa/observability';
import { DataSource } from 'typeorm';
import { appModule } from './app.module.ts';
import { Broker } from './broker/broker.ts';
import { assertSchemaIsCurrent } from './database/migrate.ts';
import { useBodies } from './http/bodies.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { validation } from './http/validation.ts';
import { ClusterService } from './modules/cluster/index.ts';
import { Convergence } from './modules/convergence/index.ts';
import { LiveServer } from './modules/live/index.ts';
import { PushWork } from './modules/push/index.ts';
import { LOGGER } from './platform/logger.ts';
import type { Settings } from './settings.ts';

/** A running API. */
export interface RunningApi {
  readonly app: NestExpressApplication;
  readonly logger: Logger;
  /** The port that it listens on, also when 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

/** Starts everything of one API process: HTTP, sockets, outbox, events, safety net, pushes. */
export async function startApi(settings: Settings, options: { port?: number } = {}): Promise<RunningApi> {
  const app = await NestFactory.create<NestExpressApplication>(
    appModule(() => settings),
    { bodyParser: false, logger: ['error', 'fatal'], abortOnError: false, forceCloseConnections: true },
  );
  await assertSchemaIsCurrent(app.get(DataSource));
  await app.get(ClusterService).ensureFirst();
  const logger = app.get<Logger>(LOGGER);
  app.set('trust proxy', settings.TRUSTED_PROXIES);
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(requestLog(logger), securityHeaders);
  app.enableCors({
    origin: settings.WEB_ORIGIN,
    credentials: true,
    maxAge: 600,
    exposedHeaders: ['x-correlation-id', 'retry-after', 'content-disposition'],
  });
  useBodies(app);
  app.useGlobalPipes(validation);
  await app.listen(options.port ?? settings.API_PORT, settings.API_HOST);
  // An upload of an instance's data may take longer than the five minutes that Node gives a request.
  app.getHttpServer().requestTimeout = settings.MOVE_STEP_TIMEOUT;
  app.get(LiveServer).attach(app.getHttpServer());
  await app.get(Broker).start();
  app.get(Convergence).start();
  app.get(PushWork).start();
  return { app, logger, port: portOf(app), close: () => app.close() };
}

function portOf(app: NestExpressApplication): number {
  const address: unknown = app.getHttpServer().address();
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;
}
