import { isAssignment, joinWords, parseWords } from '../command/shell-words.ts';
import type { DetectionInput } from '../detection.ts';
import { failed, type Outcome, succeeded } from '../failure.ts';
import type { FindingCode } from '../finding.ts';
import { fileExists, isTypescript, normalise } from './entry-file.ts';
import {
  type CommandContext,
  localBinary,
  type RunCommand,
  resolveCommand,
  resolveScript,
  scriptName,
  typescriptRunner,
} from './run-command.ts';

/** What a repository starts with: words where no shell is needed, and the text in any case. */
export interface NodeStart {
  text: string;
  words: readonly string[] | null;
  buildSteps: readonly string[];
}

const sourceFile = /\.[cm]?[jt]s$/;
const buildFolder = /^(?:dist|build|out|lib|\.output)\//;

/** Names that an entry file usually has, the likeliest first. */
export const nodeEntryFiles = [
  ...[
    'index.js',
    'bot.js',
    'src/index.js',
    'src/bot.js',
    'main.js',
    'src/main.js',
    'app.js',
    'src/app.js',
    'server.js',
  ],
  ...['index.mjs', 'bot.mjs', 'src/index.mjs', 'main.mjs', 'index.cjs', 'src/index.cjs', 'dist/index.js'],
  ...[
    'index.ts',
    'bot.ts',
    'src/index.ts',
    'src/bot.ts',
    'main.ts',
    'src/main.ts',
    'app.ts',
    'src/app.ts',
    'index.mts',
  ],
] as const;

/** The start command by precedence: owner, host's file, Procfile, `start` script, `main` field, usual file names. */
export function chooseNodeStart(input: DetectionInput, context: CommandContext): Outcome<NodeStart> {
  const { folder, host, procfile, overrides, findings } = input;
  if (overrides.start) {
    findings.add('start_overridden', null, overrides.start);
    return succeeded(asOwnerSays(overrides.start, context));
  }
  const main = host.main && sourceFile.test(host.main.value) ? normalise(host.main.value) : null;
  const isMainUsable = main !== null && canExist(folder, main, context);
  if (host.main && main !== null && !isMainUsable) findings.add('host_config_main_missing', host.main.file, main);
  const choose = (code: FindingCode, file: string, value: string, start: NodeStart) => {
    findings.add(code, file, value);
    return succeeded(start);
  };
  if (host.start)
    return choose('start_from_host_config', host.start.file, host.start.value, follow(host.start.value, context));
  if (host.main && isMainUsable) return choose('start_from_host_config', host.main.file, main, runFile(main, context));
  if (procfile) return choose('start_from_procfile', procfile.file, procfile.value, follow(procfile.value, context));
  return chooseFromPackage(input, context);
}

function chooseFromPackage({ folder, findings }: DetectionInput, context: CommandContext): Outcome<NodeStart> {
  const script = context.packageJson.scripts.get('start');
  if (script?.trim()) {
    findings.add('start_from_script', context.file, script);
    return succeeded(startScript('start', context));
  }
  const field = context.packageJson.main;
  const main = field ? normalise(field) : null;
  if (main && sourceFile.test(main) && canExist(folder, main, context)) {
    findings.add('start_from_main_field', context.file, main);
    return succeeded(runFile(main, context));
  }
  const known = nodeEntryFiles.find((name) => folder.has(name));
  if (known === undefined) {
    const lookedFor = ['Procfile', 'package.json: scripts.start', 'package.json: main', ...nodeEntryFiles];
    return failed('no_start_command', { file: context.file, lookedFor });
  }
  findings.add('start_from_known_file', folder.path(known), known);
  return succeeded(runFile(known, context));
}

/** A file that is there, or that a build will write. */
function canExist(folder: DetectionInput['folder'], file: string, { packageJson }: CommandContext): boolean {
  if (fileExists(folder, file)) return true;
  return buildFolder.test(file) && (packageJson.scripts.has('build') || folder.has('tsconfig.json'));
}

function runFile(file: string, context: CommandContext): NodeStart {
  const runner = isTypescript(file) ? typescriptRunner(context) : 'node';
  if (runner === 'node') return ofWords(['node', file]);
  return ofWords(localBinary(runner, context) ? [`./node_modules/.bin/${runner}`, file] : ['npx', runner, file]);
}

const ofWords = (words: readonly string[]): NodeStart => ({ text: joinWords(words), words, buildSteps: [] });

const ofRun = ({ words, buildSteps }: RunCommand): NodeStart => ({ ...ofWords(words), buildSteps });

function follow(text: string, context: CommandContext): NodeStart {
  const run = resolveCommand(text, context);
  if (run) return ofRun(run);
  const script = scriptName(parseWords(text) ?? [], context.packageJson);
  return script === null ? { text, words: null, buildSteps: [] } : startScript(script, context);
}

function startScript(name: string, context: CommandContext): NodeStart {
  const run = resolveScript(name, context);
  if (run) return ofRun(run);
  context.findings.add('start_kept_in_npm', context.file, name);
  return { text: joinWords(['npm', 'run', name]), words: null, buildSteps: [] };
}

/** An owner's command stays as written; only programs of the repository's own dependencies are given their place. */
function asOwnerSays(text: string, context: CommandContext): NodeStart {
  const words = parseWords(text);
  if (!words || isAssignment(words[0] ?? '')) return { text, words: null, buildSteps: [] };
  const [program = '', ...rest] = words;
  if (!localBinary(program, context)) return { text, words, buildSteps: [] };
  return ofWords([`./node_modules/.bin/${program}`, ...rest]);
}
