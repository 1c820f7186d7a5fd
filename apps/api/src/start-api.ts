import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger, type Logger } from '@zarpa/observability';
import { DataSource } from 'typeorm';
import { appModule } from './app.module.ts';
import { Broker } from './broker/broker.ts';
import { assertSchemaIsCurrent } from './database/migrate.ts';
import { entrance } from './http/entrance.ts';
import { httpAdapter } from './http/http-adapter.ts';
import { validation } from './http/validation.ts';
import { ClusterService } from './modules/cluster/index.ts';
import { Convergence } from './modules/convergence/index.ts';
import { LiveServer } from './modules/live/index.ts';
import { PushWork } from './modules/push/index.ts';
import type { Settings } from './settings.ts';

/** A running API. */
export interface RunningApi {
  readonly app: NestFastifyApplication;
  readonly logger: Logger;
  /** The port that it listens on, also when 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

/** Starts everything of one API process: HTTP, sockets, outbox, events, safety net, pushes. */
export async function startApi(settings: Settings, options: { port?: number } = {}): Promise<RunningApi> {
  const logger = createLogger({ app: 'api', level: settings.LOG_LEVEL });
  const app = await NestFactory.create<NestFastifyApplication>(
    appModule({ settings: () => settings, logger: () => logger }),
    httpAdapter(settings, entrance(logger, settings)),
    { bodyParser: false, logger: ['error', 'fatal'], abortOnError: false, forceCloseConnections: true },
  );
  await assertSchemaIsCurrent(app.get(DataSource));
  await app.get(ClusterService).ensureFirst();
  app.useGlobalPipes(validation);
  await app.listen(options.port ?? settings.API_PORT, settings.API_HOST);
  app.get(LiveServer).attach(app.getHttpServer());
  await app.get(Broker).start();
  app.get(Convergence).start();
  app.get(PushWork).start();
  return { app, logger, port: portOf(app), close: () => app.close() };
}

function portOf(app: NestFastifyApplication): number {
  const address: unknown = app.getHttpServer().address();
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;
}
