import type { InstanceView, UpdateInstance } from '@zarpa/api-client';

/** The settings as they are edited; commands are texts, empty for "as detected". */
export interface SettingsDraft {
  name: string;
  branch: string;
  rootDirectory: string;
  autoDeploy: boolean;
  install: string;
  build: string;
  start: string;
}

/** The settings as they are saved. */
export const draftOf = ({
  name,
  source,
  overrides,
}: Pick<InstanceView, 'name' | 'source' | 'overrides'>): SettingsDraft => ({
  name,
  branch: source.branch,
  rootDirectory: source.rootDirectory,
  autoDeploy: source.autoDeploy,
  install: overrides.install ?? '',
  build: overrides.build ?? '',
  start: overrides.start ?? '',
});

const commandKeys = ['install', 'build', 'start'] as const;
const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Which settings differ from the saved ones; space at the ends is no difference. */
export function changedKeys(saved: SettingsDraft, draft: SettingsDraft): (keyof SettingsDraft)[] {
  const keys = Object.keys(saved) as (keyof SettingsDraft)[];
  return keys.filter((key) => {
    const [before, after] = [saved[key], draft[key]];
    return typeof before === 'string' && typeof after === 'string' ? before !== after.trim() : before !== after;
  });
}

/** The changes as the API takes them: what did not change stays out. */
export function toUpdate(saved: SettingsDraft, draft: SettingsDraft): UpdateInstance {
  const changed = new Set(changedKeys(saved, draft));
  const update: UpdateInstance = {};
  if (changed.has('name')) update.name = draft.name.trim();
  if (changed.has('branch')) update.branch = draft.branch;
  if (changed.has('rootDirectory')) update.rootDirectory = draft.rootDirectory;
  if (changed.has('autoDeploy')) update.autoDeploy = draft.autoDeploy;
  if (commandKeys.some((key) => changed.has(key))) {
    update.overrides = { install: orNull(draft.install), build: orNull(draft.build), start: orNull(draft.start) };
  }
  return update;
}
