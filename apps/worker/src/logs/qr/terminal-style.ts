/** How a terminal on a dark background would paint: only whether something looks light or dark matters here. */
export interface TerminalStyle {
  readonly foregroundLight: boolean;
  readonly backgroundLight: boolean;
  readonly reversed: boolean;
  /** Something was set since the last reset. */
  readonly styled: boolean;
}

export const plainStyle: TerminalStyle = {
  foregroundLight: true,
  backgroundLight: false,
  reversed: false,
  styled: false,
};

const lightAbove = 0.35;

/** The style after a colour sequence with these parameters, such as `1;47`. */
export function applyColours(style: TerminalStyle, parameters: string): TerminalStyle {
  const codes = parameters.split(/[;:]/).map(Number);
  let next = style;
  for (let at = 0; at < codes.length; ) {
    const code = codes[at] ?? 0;
    const extended = code === 38 || code === 48;
    const taken = extended ? (codes[at + 1] === 5 ? 3 : 5) : 1;
    next = extended ? withColour(next, code === 48, extendedLightness(codes.slice(at + 1))) : applyCode(next, code);
    at += taken;
  }
  return next;
}

function applyCode(style: TerminalStyle, code: number): TerminalStyle {
  if (code === 0) return plainStyle;
  if (code === 7 || code === 27) return { ...style, reversed: code === 7, styled: true };
  if (code === 39) return { ...style, foregroundLight: true, styled: true };
  if (code === 49) return { ...style, backgroundLight: false, styled: true };
  const tens = Math.floor(code / 10);
  const isColour = code % 10 <= 7 && [3, 4, 9, 10].includes(tens);
  if (isColour) return withColour(style, tens === 4 || tens === 10, namedLightness(code % 10, tens >= 9));
  return { ...style, styled: true };
}

const withColour = (style: TerminalStyle, background: boolean, lightness: number): TerminalStyle => {
  const light = lightness > lightAbove;
  return { ...style, styled: true, ...(background ? { backgroundLight: light } : { foregroundLight: light }) };
};

const lightnessOf = (red: number, green: number, blue: number): number => 0.21 * red + 0.72 * green + 0.07 * blue;

/** Black, red, green, yellow, blue, magenta, cyan, white: three bits. Bright black is a dark grey. */
function namedLightness(index: number, bright: boolean): number {
  if (index === 0) return bright ? 0.3 : 0;
  return lightnessOf(index & 1, (index >> 1) & 1, (index >> 2) & 1);
}

/** `5;n` of the 256-colour palette or `2;r;g;b`. */
function extendedLightness([mode = 0, first = 0, second = 0, third = 0]: number[]): number {
  if (mode === 2) return lightnessOf(first / 255, second / 255, third / 255);
  if (first < 16) return namedLightness(first % 8, first >= 8);
  if (first >= 232) return (first - 232) / 23;
  const cube = first - 16;
  return lightnessOf(Math.floor(cube / 36) / 5, (Math.floor(cube / 6) % 6) / 5, (cube % 6) / 5);
}
