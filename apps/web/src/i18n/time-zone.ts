/** The reader's time zone if it is one that exists, else Brasília's. */
export function pickTimeZone(wanted: string | undefined): string {
  if (wanted === undefined) return 'America/Sao_Paulo';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return 'America/Sao_Paulo';
  }
}
