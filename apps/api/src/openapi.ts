import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.ts';
import { openApiDocument } from './http/openapi-document.ts';

const app = await NestFactory.create(AppModule, { preview: true, logger: false, abortOnError: false });
await writeFile(new URL('../openapi.json', import.meta.url), `${JSON.stringify(openApiDocument(app), null, 2)}\n`);
