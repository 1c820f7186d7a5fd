import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { createLogger } from '@zarpa/observability';
import { appModule } from './app.module.ts';
import { openApiDocument } from './http/openapi-document.ts';
import { apiSettings } from './settings.ts';

const app = await NestFactory.create(
  appModule({ settings: () => apiSettings.parse(process.env), logger: () => createLogger({ app: 'api' }) }),
  new FastifyAdapter({ skipMiddie: true }),
  { preview: true, logger: false, abortOnError: false },
);
await writeFile(new URL('../openapi.json', import.meta.url), `${JSON.stringify(openApiDocument(app), null, 2)}\n`);
