import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { appModule } from './app.module.ts';
import { openApiDocument } from './http/openapi-document.ts';
import { apiSettings } from './settings.ts';

const app = await NestFactory.create(
  appModule(() => apiSettings.parse(process.env)),
  { preview: true, logger: false, abortOnError: false },
);
await writeFile(new URL('../openapi.json', import.meta.url), `${JSON.stringify(openApiDocument(app), null, 2)}\n`);
