import type { DetectionInput } from '../detection.ts';
import { entryFile, fileExists, isTypescript } from './entry-file.ts';
import type { CommandContext } from './run-command.ts';
import type { NodeStart } from './start.ts';

/** The build command that the start command rests on, or null when there is nothing to build. */
export function chooseNodeBuild(input: DetectionInput, context: CommandContext, start: NodeStart): string | null {
  const { folder, host, overrides, findings } = input;
  const target = start.words ? entryFile(start.words) : null;
  const isMissing = target !== null && !fileExists(folder, target);
  const build = chooseCommand();
  if (isMissing && build === null) findings.add('start_file_missing', context.file, target);
  return build;

  function chooseCommand(): string | null {
    if (overrides.build) {
      findings.add('build_overridden', null, overrides.build);
      return overrides.build;
    }
    if (host.build) {
      findings.add('build_from_host_config', host.build.file, host.build.value);
      return host.build.value;
    }
    const script = context.packageJson.scripts.get('build');
    const steps = script ? [buildScript(context), ...start.buildSteps.filter(isOtherScript)] : [...start.buildSteps];
    if (script) findings.add('build_script_found', context.file, script);
    if (start.buildSteps.length > 0)
      findings.add('build_moved_from_start', context.file, start.buildSteps.join(' && '));
    if (steps.length > 0) return [...new Set(steps)].join(' && ');
    if (!isMissing || isTypescript(target) || !folder.has('tsconfig.json')) return null;
    const command = context.packageJson.dependencies.has('typescript')
      ? 'npx tsc'
      : 'npx --yes --package typescript tsc';
    findings.add('typescript_compiled', folder.path('tsconfig.json'), command);
    return command;
  }
}

/** A compiler called by hand is what the build script does already. */
const isOtherScript = (step: string): boolean => !step.startsWith('npx ') || / run \S+$/.test(step);

function buildScript({ packageJson, manager }: CommandContext): string {
  const needsSiblings = [...packageJson.dependencies.values()].some((range) => range.startsWith('workspace:'));
  if (manager.name === 'pnpm' && manager.workspace && needsSiblings)
    return `${manager.command} --filter "{.}..." run build`;
  return `${manager.command} run build`;
}
