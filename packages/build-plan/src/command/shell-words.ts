const word = /(?:[\w@%+=:,./^\p{L}\p{M}\p{N}-]+|'[^']*'|"[^"$`\\]*")+/uy;
const quoted = /'([^']*)'|"([^"]*)"/g;
const plainWord = /^[\w@%+=:,./^-]+$/;

/** The words of a command that needs no shell: no variables, patterns, redirections or operators. Else null. */
export function parseWords(text: string): string[] | null {
  const words: string[] = [];
  let position = 0;
  while (true) {
    while (text[position] === ' ' || text[position] === '\t') position += 1;
    if (position >= text.length) return words.length === 0 ? null : words;
    word.lastIndex = position;
    const match = word.exec(text);
    if (!match) return null;
    const end = position + match[0].length;
    if (end < text.length && text[end] !== ' ' && text[end] !== '\t') return null;
    words.push(match[0].replace(quoted, (_, single?: string, double?: string) => single ?? double ?? ''));
    position = end;
  }
}

/** `a && b && c` as commands of plain words, or null when a shell has to read it. */
export function parseChain(text: string): string[][] | null {
  const chain: string[][] = [];
  for (const part of text.split('&&')) {
    const words = parseWords(part);
    if (!words) return null;
    chain.push(words);
  }
  return chain;
}

/** A word as a POSIX shell reads it back unchanged. */
export function quoteWord(text: string): string {
  return plainWord.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export const joinWords = (words: readonly string[]): string => words.map(quoteWord).join(' ');

export const isAssignment = (text: string): boolean => /^[A-Za-z_]\w*=/.test(text);
