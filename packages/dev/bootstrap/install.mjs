import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BootstrapProblem, explainFailure } from './bootstrap-problem.mjs';
import { capture } from './run.mjs';

const workspaceFolders = ['apps', 'packages'];
const rootFiles = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc', 'e2e/package.json'];

/** Runs `pnpm install --frozen-lockfile`, unless nothing that it depends on changed since the last one that succeeded. */
export async function installDependencies({ root, toolchain }) {
  const stampFile = path.join(root, 'node_modules/.zarpa-install');
  const stamp = installStamp(root);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  console.log('Installing dependencies (a minute or two the first time)');
  const startedAt = Date.now();
  const result = await capture(
    toolchain.pnpm,
    ['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'],
    { cwd: root, env: { ...toolchain.environment, CI: 'true' } },
  );
  if (result.code !== 0) {
    const output = `${result.stdout}${result.stderr}`;
    process.stderr.write(output);
    throw new BootstrapProblem(`The dependencies could not be installed. ${explainFailure(output)}`);
  }
  writeFileSync(stampFile, stamp);
  console.log(`Installed dependencies in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** A digest of everything that decides what an install brings: the lockfile, its settings and every package.json. */
export function installStamp(root) {
  const members = workspaceFolders.flatMap((folder) =>
    listFolders(path.join(root, folder)).map((name) => path.join(folder, name, 'package.json')),
  );
  const digest = createHash('sha256');
  for (const file of [...rootFiles, ...members]) {
    const absolute = path.join(root, file);
    if (existsSync(absolute)) digest.update(`${file}\0`).update(readFileSync(absolute)).update('\0');
  }
  return digest.digest('hex');
}

function listFolders(directory) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
