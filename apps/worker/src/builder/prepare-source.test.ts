import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Files } from '../engines/contract/source-server.ts';
import { ArchiveServer, signatureValue, ticketValue } from '../engines/kubernetes/builds/testing/archive-server.ts';
import { defaultSourceLimits } from '../engines/source/archive-entries.ts';
import { prepareSource } from './prepare-source.ts';
import type { SourceInput, SourceNotice } from './source-outcome.ts';

let folder: string;
let server: ArchiveServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zarpa-source-'));
  server = await ArchiveServer.start('127.0.0.1');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await server[Symbol.asyncDispose]();
});

async function prepared(files: Files, change: Partial<SourceInput> = {}) {
  const told: SourceNotice[] = [];
  const input: SourceInput = {
    archiveUrl: await server.publish(files),
    addressMadeAt: Date.now(),
    repository: 'owner/name',
    commitSha: '0123456789abcdef',
    rootDirectory: '',
    overrides: { install: null, build: null, start: null },
    artifactMissing: false,
    limits: defaultSourceLimits,
    ...change,
  };
  const outcome = await prepareSource({ input, folder, tell: (notice) => told.push(notice) });
  return { outcome, told };
}

const written = (path: string) => readFile(join(folder, path), 'utf8');

describe('prepareSource', () => {
  it('writes the Dockerfile of the plan, for the repository as its context', async () => {
    const files = { 'apps/bot/package.json': '{}', 'apps/bot/index.js': '' };
    const { outcome, told } = await prepared(files, { rootDirectory: 'apps/bot' });
    expect(outcome).toMatchObject({ outcome: 'planned', buildPlan: { runtime: 'node', rootDirectory: 'apps/bot' } });
    expect(await written('plan/Dockerfile')).toContain('WORKDIR /app/apps/bot');
    expect(await written('plan/context')).toBe(join(folder, 'tree'));
    expect(told.map(({ notice }) => notice)).toEqual(['fetching', 'planned']);
    expect(JSON.stringify({ told, outcome })).not.toMatch(`${ticketValue}|${signatureValue}`);
  });

  it("takes a repository's own Dockerfile as it is, for its own folder as its context", async () => {
    const text = '# syntax=docker/dockerfile:1\nFROM scratch\n';
    const { outcome } = await prepared({ 'bot/Dockerfile': text }, { rootDirectory: 'bot' });
    expect(outcome).toMatchObject({ outcome: 'planned', buildPlan: { runtime: 'docker' } });
    expect(await written('plan/Dockerfile')).toBe(text);
    expect(await written('plan/context')).toBe(join(folder, 'tree/bot'));
  });

  it('says why nothing can be made of a repository', async () => {
    const { outcome } = await prepared({ 'README.md': '' });
    expect(outcome).toMatchObject({ outcome: 'failed', reason: { code: 'unrecognised_repository' } });
  });

  it('tells an address that had time to expire from a source that is gone', async () => {
    const archiveUrl = `http://127.0.0.1:${server.port}/ticket/none`;
    const files = { 'index.js': '' };
    expect((await prepared(files, { archiveUrl })).outcome).toMatchObject({ reason: { code: 'source_unavailable' } });
    const old = { archiveUrl, addressMadeAt: Date.now() - 120_000 };
    expect((await prepared(files, old)).outcome).toMatchObject({ outcome: 'address-expired' });
  });

  it('says that an earlier build is no longer kept', async () => {
    const { told } = await prepared({ 'index.js': '' }, { artifactMissing: true });
    expect(told[0]).toMatchObject({ notice: 'artifact_missing' });
  });
});
