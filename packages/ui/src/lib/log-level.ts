/** How serious a line looks. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

const jsonLevel = /"level"\s*:\s*"?(\w+)"?/;
const word =
  /(?:^|[\s[(|:])(error|err|fatal|critical|panic|exception|erro|warn|warning|aviso|info|debug|trace)(?=$|[\s\]):|,])/i;
const uncaught = /^(?:\s*at\s.+[:(]\d+|[A-Z]\w*(?:Error|Exception)\b|Traceback )/;

const numeric: readonly [number, LogLevel][] = [
  [50, 'error'],
  [40, 'warn'],
  [30, 'info'],
  [0, 'debug'],
];

const named: Record<string, LogLevel> = {
  error: 'error',
  err: 'error',
  erro: 'error',
  fatal: 'error',
  critical: 'error',
  panic: 'error',
  exception: 'error',
  warn: 'warn',
  warning: 'warn',
  aviso: 'warn',
  info: 'info',
  debug: 'debug',
  trace: 'debug',
};

/** Guesses a line's level from pino's numbers, a level word near its start, or the shape of a stack trace. */
export function levelOf(plain: string): LogLevel | undefined {
  const head = plain.slice(0, 200);
  if (head.startsWith('{')) {
    const value = jsonLevel.exec(head)?.[1]?.toLowerCase();
    if (value === undefined) return undefined;
    const level = Number(value);
    return Number.isNaN(level) ? named[value] : numeric.find(([least]) => level >= least)?.[1];
  }
  if (uncaught.test(head)) return 'error';
  return named[word.exec(head.slice(0, 80))?.[1]?.toLowerCase() ?? ''];
}
