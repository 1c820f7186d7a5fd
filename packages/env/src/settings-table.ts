import type { SettingRow } from './settings.ts';

/** The Markdown table of docs/settings.md: one line a setting, apps that share one joined. */
export function settingsTable(definitions: ReadonlyArray<{ describe(): SettingRow[] }>): string {
  const byName = new Map<string, { row: SettingRow; apps: string[] }>();
  for (const row of definitions.flatMap((definition) => definition.describe())) {
    const known = byName.get(row.name);
    if (known) known.apps.push(row.app);
    else byName.set(row.name, { row, apps: [row.app] });
  }
  const lines = [...byName.values()]
    .toSorted((a, b) => a.row.name.localeCompare(b.row.name, 'en'))
    .map(({ row, apps }) => `| \`${row.name}\` | ${apps.join(', ')} | ${defaultOf(row)} | ${meaningOf(row)} |`);
  return ['| setting | apps | default | meaning |', '|---|---|---|---|', ...lines, ''].join('\n');
}

function defaultOf(row: SettingRow): string {
  if (row.required) return '**required**';
  if (row.defaultValue === undefined) return 'not set';
  return row.defaultValue === '' ? 'empty' : `\`${escapeCell(row.defaultValue)}\``;
}

function meaningOf(row: SettingRow): string {
  const secret = row.secret ? ' Secret.' : '';
  const example = row.example === undefined ? '' : ` Example: \`${escapeCell(row.example)}\`.`;
  return `${escapeCell(row.description)}.${secret}${example}`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
