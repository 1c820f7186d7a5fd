/** A run of text in one style. Colours are CSS values; undefined is the surrounding one. */
export interface AnsiSpan {
  text: string;
  colour: string | undefined;
  background: string | undefined;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
}

type AnsiStyle = Omit<AnsiSpan, 'text'> & { inverse: boolean };

const plainStyle: AnsiStyle = {
  colour: undefined,
  background: undefined,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
};

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const sequence = /\u001b(?:\[([0-9;:?<=>!]*)([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;

/** The text without any escape sequence. */
export function stripAnsi(text: string): string {
  return text.includes('\u001b') ? text.replace(sequence, '') : text;
}

/** Splits text into styled runs. Only colours and weights are honoured; every other sequence disappears. */
export function parseAnsi(text: string): AnsiSpan[] {
  if (!text.includes('\u001b')) return text === '' ? [] : [{ text, ...visible(plainStyle) }];
  const spans: AnsiSpan[] = [];
  let style = plainStyle;
  let end = 0;
  for (const match of text.matchAll(sequence)) {
    push(spans, text.slice(end, match.index), style);
    end = match.index + match[0].length;
    if (match[2] === 'm') style = applyCodes(style, match[1] ?? '');
  }
  push(spans, text.slice(end), style);
  return spans;
}

function push(spans: AnsiSpan[], text: string, style: AnsiStyle): void {
  if (text !== '') spans.push({ text, ...visible(style) });
}

function visible({ inverse, ...style }: AnsiStyle): Omit<AnsiSpan, 'text'> {
  if (!inverse) return style;
  return { ...style, colour: style.background ?? 'var(--surface)', background: style.colour ?? 'var(--ink)' };
}

function applyCodes(before: AnsiStyle, parameters: string): AnsiStyle {
  const codes = parameters.split(/[;:]/).map((code) => Number(code === '' ? 0 : code));
  let style = before;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, used } = extendedColour(codes.slice(i + 1));
      style = code === 38 ? { ...style, colour } : { ...style, background: colour };
      i += used;
    } else style = applyCode(style, code);
  }
  return style;
}

function applyCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code >= 30 && code <= 37) return { ...style, colour: namedColour(code - 30) };
  if (code >= 90 && code <= 97) return { ...style, colour: namedColour(code - 90) };
  if (code >= 40 && code <= 47) return { ...style, background: namedColour(code - 40) };
  if (code >= 100 && code <= 107) return { ...style, background: namedColour(code - 100) };
  switch (code) {
    case 0:
      return plainStyle;
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return { ...style, underline: true };
    case 7:
      return { ...style, inverse: true };
    case 22:
      return { ...style, bold: false, dim: false };
    case 23:
      return { ...style, italic: false };
    case 24:
      return { ...style, underline: false };
    case 27:
      return { ...style, inverse: false };
    case 39:
      return { ...style, colour: undefined };
    case 49:
      return { ...style, background: undefined };
    default:
      return style;
  }
}

const namedColour = (index: number): string => `var(--log-${names[index] ?? 'white'})`;

function extendedColour(rest: readonly number[]): { colour: string | undefined; used: number } {
  const [mode, first = 0, second = 0, third = 0] = rest;
  if (mode === 5) return { colour: paletteColour(first), used: 2 };
  if (mode === 2) return { colour: `rgb(${byte(first)} ${byte(second)} ${byte(third)})`, used: 4 };
  return { colour: undefined, used: rest.length };
}

const byte = (value: number): number => Math.min(255, Math.max(0, Math.trunc(value) || 0));

function paletteColour(index: number): string {
  if (index < 16) return namedColour(index % 8);
  if (index >= 232) {
    const level = 8 + (Math.min(index, 255) - 232) * 10;
    return `rgb(${level} ${level} ${level})`;
  }
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6) % 6)} ${level(cube % 6)})`;
}
