import { longestCommand, singleLine } from '../command/single-line.ts';
import { invalidFile, type Outcome, succeeded } from '../failure.ts';
import type { Folder } from '../repository/repository-files.ts';
import type { HostSetting } from './host-config.ts';

const processTypes = ['worker', 'bot', 'web'];

/** The command of a Procfile's `worker:`, `bot:` or `web:` line, in this order. */
export function readProcfile(folder: Folder): Outcome<HostSetting | null> {
  const file = folder.path('Procfile');
  const lines = (folder.read('Procfile') ?? '').split(/\r?\n/).flatMap((line) => {
    const match = /^\s*([A-Za-z0-9_-]+)\s*:(.*)$/.exec(line);
    return match?.[1] && match[2] ? [{ type: match[1].toLowerCase(), value: singleLine(match[2]) }] : [];
  });
  const found = processTypes.map((type) => lines.find((line) => line.type === type && line.value !== '')).find(Boolean);
  if (!found) return succeeded(null);
  if (found.value.length > longestCommand) {
    return invalidFile(file, `The ${found.type} command is longer than ${longestCommand} characters.`);
  }
  return succeeded({ file, value: found.value });
}
