import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BootstrapProblem, explainFailure } from './bootstrap-problem.mjs';
import { capture } from './run.mjs';

const nodeMajor = 24;
const pnpmVersion = '10.34.8';

/** The Node and pnpm to run with, and the environment in which both are first on the PATH. */
export async function resolveToolchain({ cacheFile, environment = process.env }) {
  const current = await currentToolchain(environment);
  const found = current ?? readCached(cacheFile) ?? (await fetchThroughNpx({ cacheFile, environment }));
  return { ...found, environment: withFirstOnPath(found, environment) };
}

async function currentToolchain(environment) {
  if (Number.parseInt(process.versions.node, 10) < nodeMajor) return undefined;
  const pnpm = findOnPath('pnpm', environment);
  if (!pnpm) return undefined;
  // pnpm would fetch the version that package.json names and answer with that one.
  const { stdout } = await capture(pnpm, ['--version'], {
    env: { ...environment, npm_config_manage_package_manager_versions: 'false' },
  });
  return stdout.trim() === pnpmVersion ? { node: process.execPath, pnpm } : undefined;
}

/** The toolchain of an earlier run, if it was made for the same versions and both files still exist. */
export function readCached(cacheFile) {
  const cached = parseJson(readText(cacheFile));
  if (cached?.wanted !== wanted() || !isExecutable(cached.node) || !isExecutable(cached.pnpm)) return undefined;
  return { node: cached.node, pnpm: cached.pnpm };
}

async function fetchThroughNpx({ cacheFile, environment }) {
  const npx = findOnPath('npx', environment);
  if (!npx) {
    throw new BootstrapProblem(
      `npx was not found on the PATH. It comes with npm: install npm (on Debian: apt-get install npm), or put Node ${nodeMajor} and pnpm ${pnpmVersion} on the PATH yourself.`,
    );
  }
  console.log(`Fetching Node ${nodeMajor} and pnpm ${pnpmVersion} through npm (once)`);
  const report = 'console.log(JSON.stringify({ node: process.execPath, path: process.env.PATH }))';
  const packages = ['-p', `node@${nodeMajor}`, '-p', `pnpm@${pnpmVersion}`];
  const result = await capture(npx, ['--yes', '--loglevel=error', ...packages, 'node', '-e', report], {
    env: environment,
  });
  const told = parseJson(result.stdout.trim().split('\n').at(-1));
  const pnpm = told && findOnPath('pnpm', { PATH: told.path });
  if (result.code !== 0 || !pnpm) {
    process.stderr.write(result.stderr);
    throw new BootstrapProblem(
      `Node ${nodeMajor} and pnpm ${pnpmVersion} could not be fetched through npx. ${explainFailure(result.stderr)}`,
    );
  }
  const found = { node: told.node, pnpm };
  mkdirSync(path.dirname(cacheFile), { recursive: true });
  writeFileSync(cacheFile, `${JSON.stringify({ wanted: wanted(), ...found }, null, 2)}\n`);
  return found;
}

function wanted() {
  return `node ${nodeMajor}, pnpm ${pnpmVersion}`;
}

function withFirstOnPath({ node, pnpm }, environment) {
  const directories = [path.dirname(node), path.dirname(pnpm), environment.PATH ?? ''];
  return { ...environment, PATH: directories.join(path.delimiter) };
}

function findOnPath(name, { PATH = '' }) {
  return PATH.split(path.delimiter)
    .filter(Boolean)
    .map((directory) => path.join(directory, name))
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
