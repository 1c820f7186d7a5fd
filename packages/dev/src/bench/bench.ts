import path from 'node:path';
import { execa } from 'execa';
import { prepareServices } from '../services/prepare-services.ts';
import type { Settings } from '../settings.ts';
import { buildAll } from '../start/build.ts';
import { ensurePrograms } from '../start/programs.ts';
import { openSecrets } from '../workspace/secrets.ts';
import { openWorkspace, root } from '../workspace/workspace.ts';

/** `npm run bench`: the figures of README, measured on this machine. */
export async function bench(settings: Settings): Promise<number> {
  const workspace = openWorkspace(settings);
  const secrets = openSecrets(workspace);
  await ensurePrograms(process.env);
  const services = await prepareServices({ workspace, secrets, settings });
  await buildAll();
  const result = await execa(process.execPath, ['bench/main.ts'], {
    cwd: path.join(root, 'e2e'),
    env: { ...services },
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
    reject: false,
  });
  return result.exitCode ?? 1;
}
