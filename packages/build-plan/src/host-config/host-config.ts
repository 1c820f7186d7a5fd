import { longestCommand, singleLine } from '../command/single-line.ts';
import { invalidFile, type Outcome, succeeded } from '../failure.ts';
import type { Folder } from '../repository/repository-files.ts';

/** The files of hosts that people come from, in order of precedence. */
export const hostConfigNames = ['squarecloud.app', 'squarecloud.config', 'discloud.config'] as const;

/** What another host was told about this bot. */
export interface HostConfig {
  files: string[];
  main: HostSetting | null;
  start: HostSetting | null;
  build: HostSetting | null;
  version: HostSetting | null;
  aptGroups: HostSetting[];
  name: string | null;
  memoryMb: number | null;
}

export interface HostSetting {
  file: string;
  value: string;
}

const longestName = 64;
const mostMemoryMb = 1_048_576;

export function readHostConfig(folder: Folder): Outcome<HostConfig> {
  const files = hostConfigNames.filter((name) => folder.has(name)).map((name) => folder.path(name));
  const settings = hostConfigNames.flatMap((name) => parseSettings(folder.path(name), folder.read(name) ?? ''));
  const find = (...keys: string[]) => settings.find(({ key }) => keys.includes(key)) ?? null;
  const tooLong = settings.find(({ key, value }) => commandKeys.has(key) && value.length > longestCommand);
  if (tooLong) return invalidFile(tooLong.file, `${tooLong.key} is longer than ${longestCommand} characters.`);
  return succeeded({
    files,
    main: find('MAIN'),
    start: find('START'),
    build: find('BUILD'),
    version: find('VERSION'),
    aptGroups: settings.filter(({ key }) => key === 'APT').flatMap(splitGroups),
    name: find('DISPLAY_NAME', 'NAME')?.value.slice(0, longestName).trim() ?? null,
    memoryMb: parseMemory(find('MEMORY', 'RAM')?.value),
  });
}

const commandKeys = new Set(['MAIN', 'START', 'BUILD']);

interface Setting extends HostSetting {
  key: string;
}

function parseSettings(file: string, text: string): Setting[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const at = line.indexOf('=');
    if (at < 0 || line.trimStart().startsWith('#')) return [];
    const key = line.slice(0, at).trim().toUpperCase();
    const value = singleLine(unquote(line.slice(at + 1).trim()));
    return value === '' ? [] : [{ file, key, value }];
  });
}

function unquote(text: string): string {
  const quote = text[0];
  const isQuoted = text.length >= 2 && (quote === '"' || quote === "'") && text.indexOf(quote, 1) === text.length - 1;
  return isQuoted ? text.slice(1, -1) : text;
}

const splitGroups = ({ file, value }: Setting): HostSetting[] =>
  value
    .split(',')
    .map((group) => ({ file, value: group.trim().toLowerCase() }))
    .filter((group) => group.value !== '');

function parseMemory(text: string | undefined): number | null {
  const match = /^(\d{1,9})\s*(mb?|gb?)?$/i.exec(text ?? '');
  if (!match) return null;
  const memoryMb = Number(match[1]) * (match[2]?.toLowerCase().startsWith('g') ? 1024 : 1);
  return memoryMb > 0 && memoryMb <= mostMemoryMb ? memoryMb : null;
}
