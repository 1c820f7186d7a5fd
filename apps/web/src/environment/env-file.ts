/** A variable as typed or read from a file. */
export interface EnvVariable {
  name: string;
  value: string;
}

/** What a `.env` text holds, and the lines (counted from 1) that make no sense. */
export interface EnvFile {
  variables: EnvVariable[];
  unreadable: { line: number; text: string }[];
}

const assignment = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=[^\S\n]*/;
const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

/**
 * Reads a `.env` text as dotenv does: comments, `export`, single and double quotes (double ones with `\n` and over many lines),
 * and no expansion of other variables. Of a name that comes twice the last value counts.
 */
export function parseEnvFile(text: string): EnvFile {
  const rest = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const values = new Map<string, string>();
  const unreadable: EnvFile['unreadable'] = [];
  let at = 0;
  while (at < rest.length) {
    const end = lineEnd(rest, at);
    const line = rest.slice(at, end);
    const match = assignment.exec(line);
    if (!match?.[1]) {
      if (line.trim() !== '' && !line.trimStart().startsWith('#')) {
        unreadable.push({ line: lineNumber(rest, at), text: line.trim() });
      }
      at = end + 1;
      continue;
    }
    const { value, next } = readValue(rest, at + match[0].length);
    values.set(match[1], value);
    at = next;
  }
  return { variables: [...values].map(([name, value]) => ({ name, value })), unreadable };
}

const lineEnd = (text: string, from: number): number => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

const lineNumber = (text: string, at: number): number => text.slice(0, at).split('\n').length;

function readValue(text: string, from: number): { value: string; next: number } {
  const end = lineEnd(text, from);
  const quote = text[from];
  if (quote === '"' || quote === "'" || quote === '`') {
    const close = closingQuote(text, from + 1, quote);
    if (close >= 0) {
      const inside = text.slice(from + 1, close);
      return { value: quote === '"' ? unescaped(inside) : inside, next: lineEnd(text, close) + 1 };
    }
  }
  const raw = text.slice(from, end);
  return { value: raw.replace(/(^|\s)#.*$/, '').trim(), next: end + 1 };
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\' && quote === '"') i++;
    else if (text[i] === quote) return i;
  }
  return -1;
}

const unescaped = (text: string): string => text.replace(/\\([nrt"\\$])/g, (_, char: string) => escapes[char] ?? char);

/** True where a pasted text is a `.env` file rather than one name or value. */
export const looksLikeEnvFile = (text: string): boolean =>
  text.includes('\n') ? parseEnvFile(text).variables.length > 0 : assignment.test(text);
