/** The character that begins a terminal's escape sequence. */
export const esc = '\u001b';

/** Sequences that set colours (SGR), parameters captured. */
export const colourSequence = new RegExp(`${esc}\\[([0-9;:]*)m`, 'g');
