import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BootstrapProblem } from './bootstrap/bootstrap-problem.mjs';
import { installDependencies } from './bootstrap/install.mjs';
import { run } from './bootstrap/run.mjs';
import { resolveToolchain } from './bootstrap/toolchain.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

async function main() {
  const major = Number.parseInt(process.versions.node, 10);
  if (major < 20) {
    throw new BootstrapProblem(
      `This is Node ${process.versions.node}, and Zarpa needs Node 20 or newer to start. Install a newer Node (https://nodejs.org) and run the command again.`,
    );
  }
  if (!existsSync(path.join(root, 'pnpm-lock.yaml'))) {
    throw new BootstrapProblem(`pnpm-lock.yaml is missing in ${root}. Clone the repository again: it is part of it.`);
  }
  const toolchain = await resolveToolchain({ cacheFile: path.join(root, '.zarpa/toolchain.json') });
  await installDependencies({ root, toolchain });
  const mainFile = path.join(root, 'packages/dev/src/main.ts');
  process.exitCode = await run(toolchain.node, [mainFile, ...process.argv.slice(2)], { env: toolchain.environment });
}

main().catch((error) => {
  if (!(error instanceof BootstrapProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
});
