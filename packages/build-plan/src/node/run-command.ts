import { isAssignment, joinWords, parseChain } from '../command/shell-words.ts';
import type { Findings } from '../finding.ts';
import type { PackageJson } from './package-json.ts';
import type { PackageManager } from './package-manager.ts';

export interface CommandContext {
  packageJson: PackageJson;
  manager: PackageManager;
  /** Where the command was written, for what is said about it. */
  file: string;
  findings: Findings;
}

/** A start command that needs no package manager, and the building that stood before it. */
export interface RunCommand {
  words: string[];
  buildSteps: string[];
}

const programs = new Set(['node', 'sh', 'bash', 'python3', 'java', 'deno', 'npx', 'npm', 'env']);
const builders = new Set(['tsc', 'tsup', 'swc', 'esbuild', 'nest']);
const buildScript = /^(?:build|compile|tsc|transpile)(?::|$)/;
const supervisors = /^(?:nodemon|forever|pm2|pm2-runtime|supervisor)$/;
const sourceFile = /^[\w@%+:,./-]+\.[cm]?[jt]s$/;
const mostScripts = 5;

/** Follows `npm start`, `yarn bot` and the like down to the program that runs; null when only a shell could. */
export function resolveCommand(text: string, context: CommandContext, depth = 0): RunCommand | null {
  const chain = parseChain(text);
  const last = chain?.at(-1);
  if (!chain || !last || depth > mostScripts) return null;
  const before = chain.slice(0, -1).map((words) => buildStep(words, context));
  const run = resolveWords(last, context, depth);
  if (!run || before.includes(null)) return null;
  return { words: run.words, buildSteps: [...before.filter((step) => step !== null), ...run.buildSteps] };
}

/** Follows one script of package.json, with the one that npm runs before it. */
export function resolveScript(name: string, context: CommandContext, depth = 0): RunCommand | null {
  const text = context.packageJson.scripts.get(name);
  if (text === undefined) return null;
  const hook = context.packageJson.scripts.get(`pre${name}`);
  return resolveCommand(hook === undefined ? text : `${hook} && ${text}`, context, depth + 1);
}

function resolveWords(words: readonly string[], context: CommandContext, depth: number): RunCommand | null {
  const all = words.filter(
    (word, index) => !(index === 0 && (word === 'exec' || word === 'env' || word === 'cross-env')),
  );
  const from = all.findIndex((word) => !isAssignment(word));
  if (from < 0) return null;
  if (all[from] === 'cross-env' || all[from] === 'env') {
    return resolveWords([...all.slice(0, from), ...all.slice(from + 1)], context, depth);
  }
  const assignments = all.slice(0, from);
  const run = resolveProgram(all.slice(from), context, depth);
  if (!run || assignments.length === 0) return run;
  const rest = run.words[0] === 'env' ? run.words.slice(1) : run.words;
  return { ...run, words: ['env', ...assignments, ...rest] };
}

function resolveProgram(words: readonly string[], context: CommandContext, depth: number): RunCommand | null {
  const script = scriptName(words, context.packageJson);
  if (script !== null) return resolveScript(script, context, depth);
  const [program = '', ...rest] = words;
  const plain = (resolved: string[]): RunCommand => ({ words: resolved, buildSteps: [] });
  if (program === 'nodejs') return plain(['node', ...rest]);
  if (program === 'python') return plain(['python3', ...rest]);
  if (program === 'bun') return plain(['npx', '--yes', 'bun@1', ...rest]);
  if (supervisors.test(program)) return withoutSupervisor(program, rest, context, depth);
  if (program === 'npx' && rest.length > 0) return resolveNpx(rest, context);
  if (programs.has(program) || program.startsWith('./')) return plain([...words]);
  return localBinary(program, context) ? plain([`./node_modules/.bin/${program}`, ...rest]) : null;
}

/** Whether `node_modules/.bin` of the folder itself has this program: workspaces of npm, yarn and bun may keep it above. */
export function localBinary(program: string, { packageJson, manager }: CommandContext): boolean {
  if (manager.workspace && manager.name !== 'pnpm') return false;
  return packageJson.dependencies.has(program) || (program === 'tsc' && packageJson.dependencies.has('typescript'));
}

export function scriptName(words: readonly string[], { scripts }: PackageJson): string | null {
  const [program = '', first = '', second, ...rest] = words;
  if (!/^(?:npm|pnpm|yarn|bun)$/.test(program) || rest.length > 0) return null;
  if ((first === 'run' || first === 'run-script') && second !== undefined) return scripts.has(second) ? second : null;
  if (second !== undefined || !scripts.has(first)) return null;
  return program === 'yarn' || program === 'pnpm' || first === 'start' ? first : null;
}

function withoutSupervisor(program: string, rest: readonly string[], context: CommandContext, depth: number) {
  const words = rest[0] === 'start' ? rest.slice(1) : rest;
  const [file, ...others] = words[0] === 'node' ? words.slice(1) : words;
  if (file === undefined || others.length > 0 || !sourceFile.test(file)) return null;
  context.findings.add('supervisor_replaced', context.file, program);
  const runner = /\.[cm]?ts$/.test(file) ? typescriptRunner(context) : 'node';
  return resolveWords([runner, file], context, depth);
}

/** What runs a TypeScript file: the repository's own choice, else Node, which removes the types. */
export function typescriptRunner(context: CommandContext): string {
  return ['tsx', 'ts-node'].find((name) => context.packageJson.dependencies.has(name)) ?? 'node';
}

function resolveNpx(rest: readonly string[], context: CommandContext): RunCommand {
  const [program = '', ...others] = rest.filter(
    (word, index) => !(index === 0 && /^(?:-y|--yes|--no-install|--no)$/.test(word)),
  );
  if (localBinary(program, context)) return { words: [`./node_modules/.bin/${program}`, ...others], buildSteps: [] };
  return { words: ['npx', ...rest], buildSteps: [] };
}

function buildStep(words: readonly string[], context: CommandContext): string | null {
  const script = scriptName(words, context.packageJson);
  if (script !== null) return buildScript.test(script) ? `${context.manager.command} run ${script}` : null;
  const [program = '', ...rest] = words[0] === 'npx' ? words.slice(1) : words;
  return builders.has(program) ? joinWords(['npx', program, ...rest]) : null;
}
