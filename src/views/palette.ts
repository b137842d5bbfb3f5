export type Tone = 'create' | 'change' | 'destroy' | 'load' | 'error' | 'warning' | 'bold' | 'faint';

/** Puts a tone on a text, or leaves it as it is. */
export type Palette = (tone: Tone, text: string) => string;

export const plainPalette: Palette = (_tone, text) => text;

const CODES: Readonly<Record<Tone, readonly [open: number, close: number]>> = {
  create: [32, 39],
  change: [33, 39],
  destroy: [31, 39],
  load: [36, 39],
  error: [31, 39],
  warning: [33, 39],
  bold: [1, 22],
  faint: [2, 22],
};

/** For terminals; whether to use it (NO_COLOR, --no-color, no TTY) is the caller's to know. */
export const ansiPalette: Palette = (tone, text) => {
  const [open, close] = CODES[tone];
  return `\u001b[${open}m${text}\u001b[${close}m`;
};

/** Colour on a terminal, unless the user said no: --no-color, NO_COLOR (any value), TERM=dumb. */
export function choosePalette(stream: { readonly isTTY?: boolean }, isRefused: boolean): Palette {
  const { NO_COLOR, TERM } = process.env;
  const isWanted = stream.isTTY === true && !isRefused && (NO_COLOR ?? '') === '' && TERM !== 'dumb';
  return isWanted ? ansiPalette : plainPalette;
}
