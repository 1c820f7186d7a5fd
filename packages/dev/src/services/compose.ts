import { execa } from 'execa';
import { Problem } from '../terminal/problem.ts';
import { root } from '../workspace/workspace.ts';

const composeArguments = ['compose', '--project-name', 'zarpa', '--project-directory', root];

/** Whether a Docker engine answers here and has Compose. */
export async function dockerAnswers(): Promise<boolean> {
  const options = { reject: false, stdin: 'ignore', timeout: 10_000 } as const;
  const [engine, compose] = await Promise.all([
    execa('docker', ['version', '--format', '{{.Server.Version}}'], options),
    execa('docker', ['compose', 'version'], options),
  ]);
  return !engine.failed && !compose.failed;
}

/** Starts services of docker-compose.yml and waits until their health checks pass. */
export async function composeUp(composeServices: readonly string[]): Promise<void> {
  const result = await execa('docker', [...composeArguments, 'up', '--detach', '--wait', ...composeServices], {
    reject: false,
    stdin: 'ignore',
    all: true,
    timeout: 600_000,
  });
  if (!result.failed) return;
  throw new Problem(
    `docker compose could not start ${composeServices.join(', ')}:\n${result.all ?? result.shortMessage}`,
    { cause: result },
  );
}

/** Runs a program inside a service's container; true when it succeeded. */
export async function composeExec(service: string, command: readonly string[]): Promise<boolean> {
  const result = await execa('docker', [...composeArguments, 'exec', '-T', service, ...command], {
    reject: false,
    stdin: 'ignore',
    timeout: 30_000,
  });
  return !result.failed;
}
