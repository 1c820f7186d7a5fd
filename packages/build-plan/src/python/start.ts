import { joinWords, parseWords, quoteWord } from '../command/shell-words.ts';
import type { DetectionInput } from '../detection.ts';
import { failed, type Outcome, succeeded } from '../failure.ts';
import type { Pyproject } from './pyproject.ts';

/** Names that a bot's entry file usually has, the likeliest first. */
export const pythonEntryFiles = [
  ...['main.py', 'bot.py', 'app.py', 'run.py', 'index.py', 'src/main.py', 'src/bot.py', 'src/app.py', '__main__.py'],
] as const;

/** The start command by precedence: owner, host's file, Procfile, usual file names, `[project.scripts]`, the only file. */
export function choosePythonStart(
  input: DetectionInput,
  pyproject: Pyproject | null,
  hasVenv: boolean,
): Outcome<string> {
  const { folder, host, procfile, overrides, findings } = input;
  const run = (file: string) => inEnvironment(`python3 ${quoteWord(file)}`, hasVenv);
  if (overrides.start) {
    findings.add('start_overridden', null, overrides.start);
    return succeeded(inEnvironment(overrides.start, hasVenv));
  }
  if (host.start) {
    findings.add('start_from_host_config', host.start.file, host.start.value);
    return succeeded(inEnvironment(host.start.value, hasVenv));
  }
  const main = host.main?.value.endsWith('.py') ? host.main : null;
  if (main && folder.has(main.value)) {
    findings.add('start_from_host_config', main.file, main.value);
    return succeeded(run(main.value));
  }
  if (main) findings.add('host_config_main_missing', main.file, main.value);
  if (procfile) {
    findings.add('start_from_procfile', procfile.file, procfile.value);
    return succeeded(inEnvironment(procfile.value, hasVenv));
  }
  return chooseFromFiles(input, pyproject, hasVenv, run);
}

function chooseFromFiles(
  { folder, findings }: DetectionInput,
  pyproject: Pyproject | null,
  hasVenv: boolean,
  run: (file: string) => string,
): Outcome<string> {
  const known = pythonEntryFiles.find((name) => folder.has(name));
  const [script, ...otherScripts] = pyproject?.hasBuildSystem && hasVenv ? pyproject.scripts : [];
  if (!known && script && otherScripts.length === 0) {
    findings.add('start_from_project_script', folder.path('pyproject.toml'), script);
    return succeeded(`.venv/bin/${script}`);
  }
  const [only, ...others] = folder.names().filter((name) => name.endsWith('.py') && name !== 'setup.py');
  const file = known ?? (others.length === 0 ? only : undefined);
  if (file === undefined) {
    return failed('no_start_command', {
      lookedFor: ['Procfile', 'pyproject.toml: project.scripts', ...pythonEntryFiles],
    });
  }
  findings.add('start_from_known_file', folder.path(file), file);
  return succeeded(run(file));
}

/** A command with the programs of `.venv`: Python directly, others by its `activate`. */
function inEnvironment(command: string, hasVenv: boolean): string {
  const words = parseWords(command);
  const [program = '', ...rest] = words ?? [];
  const isPython = /^python3?$/.test(program);
  if (!hasVenv) return isPython ? joinWords(['python3', ...rest]) : command;
  if (isPython) return joinWords(['.venv/bin/python', ...rest]);
  return program.startsWith('.venv/') ? command : `. .venv/bin/activate && ${command}`;
}
