import { type ClassValue, clsx } from 'clsx';

/** What a class sets, for what our components let their callers change; a class of no group always stays. */
const groups: readonly (readonly [name: string, member: RegExp])[] = [
  ['display', /^(?:block|inline-block|inline|flex|inline-flex|grid|contents|hidden)$/],
  ['position', /^(?:static|fixed|absolute|relative|sticky)$/],
  ['rounded', /^rounded(?!-(?:[trbles]{1,2})(?:-|$))/],
  ['font-size', /^text-(?:2xs|xs|sm|base|lg|xl|2xl|4xl|5xl)$/],
  ['text-align', /^text-(?:left|center|right)$/],
  ['text-colour', /^text-(?!(?:balance|pretty|wrap|nowrap)$)/],
  ['font-weight', /^font-(?:normal|medium|semibold|bold)$/],
  ['border-l-colour', /^border-l-(?!\d|solid$|dashed$|dotted$|none$)/],
  ['border-colour', /^border-(?!\d|[xytrbles](?:-|$)|solid$|dashed$|dotted$|none$)/],
];
const prefix = /^-?(size|h|w|min-h|min-w|max-w|p[xylrtb]?|m|gap-[xy]|gap|bg|items|justify|opacity)-/;

/** What a later class takes the place of besides its own group. */
const alsoSets: Readonly<Record<string, readonly string[]>> = {
  size: ['h', 'w'],
  p: ['px', 'py', 'pl', 'pr', 'pt', 'pb'],
  px: ['pl', 'pr'],
  py: ['pt', 'pb'],
  gap: ['gap-x', 'gap-y'],
};

const groupOf = (name: string) => groups.find(([, member]) => member.test(name))?.[0] ?? prefix.exec(name)?.[1];

const keptResults = 500;
const results = new Map<string, string>();

function merge(classes: string): string {
  const set = new Set<string>();
  const stays = (name: string): boolean => {
    const variant = /^(?:(?:[^:[(]|\[[^\]]*\]|\([^)]*\))+:)*/.exec(name)?.[0] ?? '';
    const group = groupOf(name.slice(variant.length));
    if (group === undefined) return true;
    if (set.has(variant + group)) return false;
    for (const each of [group, ...(alsoSets[group] ?? [])]) set.add(variant + each);
    return true;
  };
  return classes.split(' ').reverse().filter(stays).reverse().join(' ');
}

/** Joins class names; of two that set the same thing the later one wins. */
export function cn(...values: ClassValue[]): string {
  const classes = clsx(values);
  const known = results.get(classes);
  if (known !== undefined) return known;
  if (results.size === keptResults) results.clear();
  const merged = merge(classes);
  results.set(classes, merged);
  return merged;
}
