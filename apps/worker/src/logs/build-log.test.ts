import { gunzipSync } from 'node:zlib';
import { buildLogMaxBytes, DeploymentLogged, LogLine } from '@zarpa/contracts';
import { Secret } from '@zarpa/env';
import { expect, test } from 'vitest';
import type { LogSource, RawLogRecord } from '../engines/log-source.ts';
import { collectBuildLog } from './build-log.ts';

function sourceOf(texts: readonly string[]): LogSource {
  const records = texts.map(
    (text, index): RawLogRecord => ({
      kind: 'line',
      at: 1_000_000 + index,
      position: { epoch: 3, offset: (index + 1) * 1_000 },
      bytes: Buffer.from(text),
      data: null,
    }),
  );
  return {
    async *read() {
      for (let from = 0; from < records.length; from += 100) yield records.slice(from, from + 100);
    },
    tailPosition: async () => null,
  };
}

async function collect(texts: readonly string[], secrets: readonly string[] = []) {
  const logged = await collectBuildLog({ source: sourceOf(texts), secrets: new Secret(secrets) });
  const event = DeploymentLogged.shape.gzippedJsonLines.parse(logged.gzippedJsonLines);
  const json = gunzipSync(Buffer.from(event, 'base64')).toString();
  const lines = json
    .split('\n')
    .slice(0, -1)
    .map((line) => LogLine.parse(JSON.parse(line)));
  return { ...logged, bytes: Buffer.byteLength(json), lines };
}

test('carries every line of a build, however fast they came, masked', async () => {
  const texts = Array.from({ length: 3_000 }, (_, index) => `step ${index} with npm_secretsecret`);
  const { lines, lineCount, truncated } = await collect(texts, ['npm_secretsecret']);
  expect({ lineCount, truncated }).toEqual({ lineCount: 3_000, truncated: false });
  expect(lines.map(({ text }) => text)).toEqual(texts.map((_, index) => `step ${index} with ••••••`));
  expect(lines[2]?.id).toBe('3-3000');
});

test('carries the beginning and the end of a long build and says how many lines it leaves out', async () => {
  const texts = Array.from({ length: 20_000 }, (_, index) => `${index} ${'x'.repeat(150)}`);
  const { lines, lineCount, truncated, bytes } = await collect(texts);
  const notice = lines.findIndex(({ kind }) => kind === 'notice');
  expect(truncated).toBe(true);
  expect(lineCount).toBe(lines.length);
  expect(bytes).toBeLessThanOrEqual(buildLogMaxBytes);
  expect(bytes).toBeGreaterThan(buildLogMaxBytes * 0.95);
  expect(lines[notice]?.data).toEqual({ code: 'middle_left_out', count: String(20_000 - lines.length + 1) });
  expect(lines.at(0)?.text).toMatch(/^0 /);
  expect(lines.at(-1)?.text).toMatch(/^19999 /);
  expect(lines.map(({ id }) => Number(id.split('-')[1]))).toEqual(
    lines.map(({ id }) => Number(id.split('-')[1])).toSorted((left, right) => left - right),
  );
});

test('an empty build log is empty', async () => {
  expect(await collect([])).toMatchObject({ lineCount: 0, truncated: false, lines: [] });
});
