import { isAssignment, joinWords, parseChain } from './shell-words.ts';

const builtins = new Set([
  '.',
  ':',
  'cd',
  'eval',
  'exec',
  'export',
  'read',
  'set',
  'source',
  'trap',
  'ulimit',
  'umask',
]);
const keywords = new Set(['if', 'for', 'while', 'until', 'case', 'function', 'time', '{', '!']);

/**
 * The argument list that runs a start command so that signals reach the bot: without a shell where none is needed, else
 * through `sh -c` with `exec` where the command's form allows it.
 */
export function startArguments(command: string): string[] {
  const chain = parseChain(command);
  if (!chain) return ['sh', '-c', canExec(command) ? `exec ${command}` : command];
  const last = withoutShell(chain.at(-1) ?? []);
  if (!last) return ['sh', '-c', command];
  if (chain.length === 1) return last;
  return ['sh', '-c', [...chain.slice(0, -1).map(joinWithAssignments), `exec ${joinWords(last)}`].join(' && ')];
}

function withoutShell(words: readonly string[]): string[] | null {
  const command = words[0] === 'exec' ? words.slice(1) : [...words];
  const program = command.find((word) => !isAssignment(word));
  if (program === undefined || builtins.has(program) || keywords.has(program)) return null;
  return isAssignment(command[0] ?? '') ? ['env', ...command] : command;
}

function canExec(command: string): boolean {
  if (/[;&|()`\n#]/.test(command)) return false;
  const first = command.trim().split(/\s/, 1)[0] ?? '';
  return !isAssignment(first) && !builtins.has(first) && !keywords.has(first);
}

function joinWithAssignments(words: readonly string[]): string {
  const from = words.findIndex((word) => !isAssignment(word));
  const assignments = words.slice(0, from < 0 ? words.length : from).map((word) => {
    const at = word.indexOf('=');
    return `${word.slice(0, at)}=${joinWords([word.slice(at + 1)])}`;
  });
  return [...assignments, ...(from < 0 ? [] : [joinWords(words.slice(from))])].join(' ');
}
