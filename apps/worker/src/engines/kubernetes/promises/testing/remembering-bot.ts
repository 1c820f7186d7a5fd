import { manifest, overlapGuard } from '../../../contract/bots.ts';
import type { Files } from '../../../contract/source-server.ts';

/** At its first start it writes something down that nobody could guess; at each start it tells it, and how many there were. */
export function rememberingBot(version: string): Files {
  return {
    'package.json': manifest('remembering'),
    'index.js': `${overlapGuard()}
import { existsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
if (!existsSync('treasure')) writeFileSync('treasure', randomUUID());
appendFileSync('starts', 'x');
const starts = readFileSync('starts', 'utf8').length;
console.log(['remembers', starts, readFileSync('treasure', 'utf8'), '${version}'].join(' '));
process.on('SIGTERM', () => process.exit(0));
`,
  };
}

export function rememberedBy(lines: readonly string[], start: number): { treasure: string; version: string } | null {
  const line = lines.find((text) => text.startsWith(`remembers ${start} `));
  const [, , treasure = '', version = ''] = line?.split(' ') ?? [];
  return line === undefined ? null : { treasure, version };
}
