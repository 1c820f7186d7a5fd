import { BuildPlan, BuildPlanFailure } from '@zarpa/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createBuildPlan } from './create-build-plan.ts';
import { filesToRead } from './files-to-read.ts';
import { findingCodes } from './finding.ts';

const hostile = [
  'node index.js\nRUN id',
  'x\r\nUSER root',
  'cat <<EOF',
  'a \\',
  '--mount=type=bind npm',
  '["sh"]',
  '$(id)',
  '`id`',
  '\u2028RUN id',
  "'",
  '"',
  '__proto__',
  '../../etc',
  '18\nFROM evil',
  'tsc && node dist/index.js',
  'npm run start',
  'python bot.py',
];
const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 60 }), fc.string());
const table = fc.dictionary(fc.oneof(fc.constantFrom('start', 'build', 'prestart', 'puppeteer', 'tsx'), text), text);
const packageJson = fc
  .record(
    {
      scripts: table,
      dependencies: table,
      main: text,
      engines: fc.record({ node: text }),
      packageManager: fc.oneof(
        text,
        fc.tuple(fc.constantFrom('pnpm@', 'yarn@', 'bun@'), text).map((parts) => parts.join('')),
      ),
      workspaces: fc.array(text),
    },
    { requiredKeys: [] },
  )
  .map((value) => JSON.stringify(value));
const settings = fc
  .array(fc.tuple(fc.constantFrom('MAIN', 'START', 'BUILD', 'VERSION', 'NAME', 'RAM', 'APT'), text))
  .map((lines) => lines.map(([key, value]) => `${key}=${value}`).join('\n'));
const pyproject = fc
  .record({ version: text, dependencies: fc.array(text) })
  .map(
    (project) =>
      `[project]\nrequires-python=${JSON.stringify(project.version)}\ndependencies=${JSON.stringify(project.dependencies)}`,
  );
const names = [
  ...[
    'index.js',
    'index.ts',
    'main.py',
    'package-lock.json',
    'pnpm-lock.yaml',
    'yarn.lock',
    '.yarnrc.yml',
    'bun.lock',
    'uv.lock',
  ],
  ...['tsconfig.json', 'poetry.lock', 'node_modules/x'],
];
const content = fc.oneof(
  packageJson,
  settings,
  pyproject,
  text,
  text.map((command) => `worker: ${command}`),
);
const typed: Record<string, fc.Arbitrary<string>> = {
  'package.json': fc.oneof({ weight: 4, arbitrary: packageJson }, { weight: 1, arbitrary: content }),
  'pyproject.toml': fc.oneof(pyproject, content),
  'requirements.txt': text,
  'squarecloud.app': settings,
  'discloud.config': settings,
  Procfile: text.map((command) => `worker: ${command}`),
  'pnpm-workspace.yaml': text.map((pattern) => `packages:\n  - ${pattern}`),
  '.nvmrc': text,
  '.python-version': text,
};
const folder: fc.Arbitrary<Record<string, string>> = fc
  .uniqueArray(fc.constantFrom(...Object.keys(typed), ...names))
  .chain((present) => fc.record(Object.fromEntries(present.map((name) => [name, typed[name] ?? text]))));
const override = fc.oneof(fc.constant(null), text);
const input = fc.record({
  own: folder,
  above: folder,
  strangers: fc.array(text, { maxLength: 5 }),
  rootDirectory: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('', 'bot', './bot/', 'a/b c') },
    { weight: 1, arbitrary: text },
  ),
  overrides: fc.record({ install: override, build: override, start: override }),
});

const instruction =
  /^(?:#.*|FROM (?:node:\d\d-bookworm-slim|python:3\.\d\d-slim-bookworm) AS base|FROM base(?: AS build)?|RUN .+|ENV [A-Z_]+=\S+|WORKDIR \/(?:app|data).*|COPY .+|USER 10001:10001|CMD \[".*"\]|)$/;

it('never throws, and lets no repository write into the Dockerfile', () => {
  fc.assert(
    fc.property(input, ({ own, above, strangers, rootDirectory, overrides }) => {
      const root = rootDirectory
        .split('/')
        .filter((name) => name !== '' && name !== '.')
        .join('/');
      const inFolder = Object.entries(own).map(([name, value]) => [root === '' ? name : `${root}/${name}`, value]);
      const contents = new Map<string, string>(Object.entries({ ...above, ...Object.fromEntries(inFolder) }));
      const paths = [...contents.keys(), ...strangers];
      const readable = new Set(filesToRead(paths, rootDirectory));
      const files = { paths, read: (path: string) => (readable.has(path) ? contents.get(path) : undefined) };
      const result = createBuildPlan({ files, rootDirectory, overrides });
      if (!result.ok) {
        BuildPlanFailure.parse(result.failure);
        return;
      }
      const plan = BuildPlan.parse(result.plan);
      expect(plan.rootDirectory.startsWith('/') || plan.rootDirectory.split('/').includes('..')).toBe(false);
      expect(findingCodes).toEqual(expect.arrayContaining(plan.findings.map(({ code }) => code)));
      for (const command of [plan.installCommand, plan.buildCommand, plan.startCommand]) {
        expect(command ?? '').not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }
      const lines = plan.dockerfile.split(/[\r\n\u2028\u2029]/);
      for (const line of lines) expect(line).toMatch(instruction);
      for (const line of lines.filter((each) => /^RUN/.test(each))) expect(line).toMatch(runForm);
      expect(lines.filter((line) => line.startsWith('USER'))).toEqual(['USER 10001:10001']);
      expect(lines.filter((line) => line.startsWith('FROM'))).toHaveLength(3);
    }),
    { numRuns: 3000 },
  );
});

/** Shell text without continuation, here-document, substitution or option; or a JSON array that holds anything. */
const runForm = /^RUN (?:--mount=type=cache,target=[\w./-]+ )*(?:[\w./@][^\\<`$]*[^\\]?|\["sh","-c",".+"\])$/;
