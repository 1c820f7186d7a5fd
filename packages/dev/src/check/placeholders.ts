const branching = new Set(['plural', 'select', 'selectordinal']);

/** Names of the arguments and tags of an ICU message, sorted; the texts inside the branches of a plural are no names. */
export function placeholders(message: string): string {
  const tags = [...message.matchAll(/<([A-Za-z]\w*)>/g)].map(([, name]) => `<${name}>`);
  const names = argumentNames(message).map((name) => `{${name}}`);
  return [...new Set([...names, ...tags])].toSorted().join(' ');
}

function argumentNames(message: string): string[] {
  return blocks(message).flatMap((block) => {
    const [, name, kind = '', branches = ''] = /^\s*(\w+)\s*(?:,\s*(\w+)\s*,?(.*))?$/s.exec(block) ?? [];
    if (name === undefined) return [];
    return branching.has(kind) ? [name, ...blocks(branches).flatMap(argumentNames)] : [name];
  });
}

/** What stands between the outermost braces. */
function blocks(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '{') {
      depth += 1;
      if (depth === 1) start = index + 1;
    } else if (character === '}') {
      depth -= 1;
      if (depth === 0) found.push(text.slice(start, index));
    }
  }
  return found;
}
