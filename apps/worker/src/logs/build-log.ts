import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { buildLogMaxBytes, type DeploymentLogged, type LogLine } from '@zarpa/contracts';
import type { Secret } from '@zarpa/env';
import type { LogSource } from '../engines/log-source.ts';
import { createMasker } from './mask.ts';
import { keepAll } from './pace.ts';
import { createLineReader } from './read-lines.ts';

const compress = promisify(gzip);

/** Most of what explains a failure stands at the end. */
const headBytes = Math.floor(buildLogMaxBytes * 0.3);
const noticeBytes = 500;
const tailBytes = buildLogMaxBytes - headBytes - noticeBytes;

/** A finished build's output as `deployment.logged` carries it: masked, its middle left out where it is too long. */
export async function collectBuildLog(options: {
  source: LogSource;
  secrets: Secret<readonly string[]>;
}): Promise<Pick<DeploymentLogged, 'gzippedJsonLines' | 'lineCount' | 'truncated'>> {
  const masker = createMasker(options.secrets.reveal());
  const reader = createLineReader({ masker: () => masker, pace: keepAll });
  const kept = createHeadAndTail();
  for await (const records of options.source.read({ after: null, follow: false })) kept.add(reader.push(records));
  kept.add(reader.end());
  const { lines, truncated } = kept.take();
  const zipped = await compress(lines.map((line) => `${line}\n`).join(''));
  return { gzippedJsonLines: zipped.toString('base64'), lineCount: lines.length, truncated };
}

interface SizedLine {
  readonly line: LogLine;
  readonly json: string;
  readonly bytes: number;
}

function createHeadAndTail() {
  const head: string[] = [];
  let headRoom = headBytes;
  let tail: SizedLine[] = [];
  let tailSize = 0;
  let leftOut = 0;
  let lastLeftOut: LogLine | undefined;

  const shorten = () => {
    let count = 0;
    while (tailSize > tailBytes && count < tail.length) tailSize -= tail[count++]?.bytes ?? 0;
    if (count === 0) return;
    leftOut += count;
    lastLeftOut = tail[count - 1]?.line;
    tail = tail.slice(count);
  };

  return {
    add(lines: readonly LogLine[]) {
      for (const line of lines) {
        const json = JSON.stringify(line);
        const bytes = Buffer.byteLength(json) + 1;
        if (headRoom >= bytes && tail.length === 0) {
          head.push(json);
          headRoom -= bytes;
          continue;
        }
        tail.push({ line, json, bytes });
        tailSize += bytes;
      }
      shorten();
    },
    take(): { lines: string[]; truncated: boolean } {
      const ends = tail.map(({ json }) => json);
      if (lastLeftOut === undefined) return { lines: [...head, ...ends], truncated: false };
      return { lines: [...head, JSON.stringify(middleNotice(lastLeftOut, leftOut)), ...ends], truncated: true };
    },
  };
}

const middleNotice = (last: LogLine, count: number): LogLine => ({
  id: last.id,
  at: last.at,
  kind: 'notice',
  text: `${count} lines left out`,
  data: { code: 'middle_left_out', count: String(count) },
});
