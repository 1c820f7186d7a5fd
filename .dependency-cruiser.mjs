const apps = ['api', 'sandbox', 'web', 'worker'];
const code = '^(apps|packages|e2e)/';

/** A package's own files, what it may import of the house, and everything that is not of the house. */
function onlyHouse(name, from, allowed) {
  return {
    name,
    comment: `${from} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing'} of the house.`,
    severity: 'error',
    from: { path: `^${from}/` },
    to: { path: code, pathNot: [`^${from}/`, ...allowed.map((packageName) => `^packages/${packageName}/`)] },
  };
}

const appsNeverImportApps = apps.map((app) => ({
  name: `${app}-imports-no-app`,
  comment: 'Apps meet through messages and HTTP. What two of them need is a package.',
  severity: 'error',
  from: { path: `^apps/${app}/` },
  to: { path: '^apps/', pathNot: `^apps/${app}/` },
}));

export default {
  forbidden: [
    ...appsNeverImportApps,
    {
      name: 'packages-import-no-app',
      comment: 'Packages are below the apps. `dev` reads the settings of the apps by path, at run time.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(apps|e2e)/' },
    },
    {
      name: 'packages-through-the-front-door',
      comment:
        'A package is imported by its name, never by a path into it. `dev` runs before anything is built: it imports `env` as source.',
      severity: 'error',
      from: { path: '^(apps|packages|e2e)/([^/]+)/', pathNot: '^packages/dev/src/settings\\.ts$' },
      to: {
        path: '^packages/([^/]+)/src/',
        pathNot: ['^packages/$2/', '^$1/$2/'],
        dependencyTypes: ['local'],
      },
    },
    {
      name: 'contracts-import-zod-alone',
      comment: 'contracts is the leaf that everybody reads, the browser too.',
      severity: 'error',
      from: { path: '^packages/contracts/src/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^packages/contracts/src/', '(^|/)node_modules/zod/'] },
    },
    onlyHouse('web-imports', 'apps/web', ['api-client', 'contracts', 'ui', 'env']),
    {
      name: 'build-plan-is-pure',
      comment: 'build-plan gets the files as data: no file system, no network, no process.',
      severity: 'error',
      from: { path: '^packages/build-plan/src/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or need a third one.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'imports-resolve',
      comment: 'Every import leads to a file. kubernetes-types has types alone, in no file that Node could load.',
      severity: 'error',
      from: { path: code },
      to: { couldNotResolve: true, pathNot: '^kubernetes-types/' },
    },
    {
      name: 'tests-stay-outside',
      comment: 'What runs in production imports no test and no test package.',
      severity: 'error',
      from: { path: '^(apps|packages)/[^/]+/src/', pathNot: ['\\.test\\.tsx?$', '^packages/(testing|test-cluster)/'] },
      to: { path: ['\\.test\\.tsx?$', '^packages/(testing|test-cluster)/'] },
    },
  ],
  options: {
    parser: 'tsc',
    // Only the dashboard has path aliases (`@/`).
    tsConfig: { fileName: 'apps/web/tsconfig.json' },
    tsPreCompilationDeps: true,
    exclude: { path: ['(^|/)(dist|\\.next|coverage|generated)/', '^apps/web/next-env', '^apps/sandbox/samples/'] },
    doNotFollow: { path: ['(^|/)node_modules/'] },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
      mainFields: ['types', 'module', 'main'],
    },
  },
};
