import type { z } from 'zod';
import { Secret } from './secret.ts';

/** One environment variable. `schema` reads text; a default in it makes the setting optional. */
export interface Setting {
  readonly schema: z.ZodType;
  /** A phrase without a full stop: what it is for. */
  readonly description: string;
  /** The parsed value arrives as `Secret` and is never printed. */
  readonly secret?: boolean;
  readonly example?: string;
}

type SettingValue<S extends Setting> = S extends { readonly secret: true }
  ? Secret<z.output<S['schema']>>
  : z.output<S['schema']>;

/** What `parse` returns for a map of settings. */
export type SettingsOf<S extends Record<string, Setting>> = { readonly [Name in keyof S]: SettingValue<S[Name]> };

/** One line of the settings table. `defaultValue` is undefined where the setting has none or it is secret. */
export interface SettingRow {
  readonly name: string;
  readonly app: string;
  readonly description: string;
  readonly required: boolean;
  readonly secret: boolean;
  readonly defaultValue: string | undefined;
  readonly example: string | undefined;
}

/** The settings of one app: read once at its start, listed in docs. */
export interface SettingsDefinition<S extends Record<string, Setting>> {
  readonly app: string;
  /** @throws SettingsError that names every bad setting at once. */
  parse(env: Readonly<Record<string, string | undefined>>): SettingsOf<S>;
  describe(): SettingRow[];
}

/** Every bad setting of an app, each in a sentence that says what to do. Holds no secret's value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly string[];

  constructor(app: string, problems: readonly string[]) {
    super(`${app} cannot start, its settings are wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Declares the settings of an app. An empty variable counts as not set. */
export function defineSettings<const S extends Record<string, Setting>>(definition: {
  app: string;
  settings: S;
}): SettingsDefinition<S> {
  const { app, settings } = definition;
  return {
    app,
    parse(env) {
      const values: Record<string, unknown> = {};
      const problems: string[] = [];
      for (const [name, setting] of Object.entries(settings)) {
        const text = env[name] === '' ? undefined : env[name];
        const result = setting.schema.safeParse(text);
        if (!result.success) problems.push(problemOf(name, setting, text, result.error));
        else values[name] = setting.secret && result.data !== undefined ? new Secret(result.data) : result.data;
      }
      if (problems.length > 0) throw new SettingsError(app, problems);
      return values as SettingsOf<S>;
    },
    describe: () => Object.entries(settings).map(([name, setting]) => rowOf(app, name, setting)),
  };
}

function problemOf(name: string, setting: Setting, text: string | undefined, error: z.ZodError): string {
  const example = setting.example === undefined ? '' : `, for example ${setting.example}`;
  const purpose = `(${setting.description}${example})`;
  if (text === undefined) return `${name} is missing. Set it ${purpose}.`;

  const reasons = error.issues.map((issue) => issue.message).join('; ');
  if (!setting.secret) return `${name} is "${text}" but ${reasons}. Correct it ${purpose}.`;
  const safeReasons = reasons.includes(text) ? 'is not valid' : reasons;
  return `${name} (value hidden) ${safeReasons}. Correct it ${purpose}.`;
}

function rowOf(app: string, name: string, setting: Setting): SettingRow {
  const unset = setting.schema.safeParse(undefined);
  const { description, secret = false, example } = setting;
  const defaultValue = unset.success && !secret && unset.data !== undefined ? String(unset.data) : undefined;
  return { name, app, description, required: !unset.success, secret, defaultValue, example };
}
