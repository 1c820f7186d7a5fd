import { z } from 'zod';
import { invalidFile, messageOf, type Outcome, succeeded } from '../failure.ts';
import type { Folder } from '../repository/repository-files.ts';

/** The parts of package.json that decide a plan; a part of the wrong type counts as absent, as npm treats most of them. */
export interface PackageJson {
  scripts: ReadonlyMap<string, string>;
  dependencies: ReadonlyMap<string, string>;
  main: string | null;
  enginesNode: string | null;
  packageManager: string | null;
  workspaces: readonly string[];
}

const text = z.string().nullish().catch(null);
const table = z.record(z.string(), z.unknown()).catch({});
const patterns = z.array(z.string());

const schema = z.object({
  scripts: table,
  dependencies: table,
  devDependencies: table,
  optionalDependencies: table,
  main: text,
  engines: z.object({ node: text }).catch({ node: null }),
  packageManager: text,
  workspaces: z.union([patterns, z.object({ packages: patterns }).transform(({ packages }) => packages)]).catch([]),
});

export function readPackageJson(folder: Folder): Outcome<PackageJson> {
  const file = folder.path('package.json');
  const content = folder.read('package.json');
  if (content === undefined) return invalidFile(file, 'The file could not be read.');
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    return invalidFile(file, `This is not valid JSON: ${messageOf(error)}`);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) return invalidFile(file, 'This is not a JSON object.');
  const { data } = parsed;
  return succeeded({
    scripts: textsOf(data.scripts),
    dependencies: textsOf({ ...data.optionalDependencies, ...data.devDependencies, ...data.dependencies }),
    main: data.main || null,
    enginesNode: data.engines.node || null,
    packageManager: data.packageManager || null,
    workspaces: data.workspaces,
  });
}

const textsOf = (record: Record<string, unknown>): Map<string, string> =>
  new Map(Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

const lifecycleScripts = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];

/** Whether installing runs scripts of the repository itself, which may need any of its files. */
export const hasInstallScripts = ({ scripts }: PackageJson): boolean =>
  lifecycleScripts.some((name) => scripts.has(name));
