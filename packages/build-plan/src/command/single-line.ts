/** The longest command that a plan carries, in characters; the contract's limit for an owner's own commands. */
export const longestCommand = 500;

/**
 * One line of text without control characters, so that nothing a repository says can begin a line of its own in a
 * Dockerfile, a log or a terminal. Several lines of shell become one that stops at the first failure.
 */
export function singleLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/\\\r?\n/g, ' ')
    .trim()
    .split(/[\r\n]+/)
    .map((line) => line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim())
    .filter((line) => line !== '')
    .join(' && ');
}
