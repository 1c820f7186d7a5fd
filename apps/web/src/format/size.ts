const megabyte = 1_048_576;

/** Bytes as MB, from 1,000 MB on as GB with one decimal. */
export function formatBytes(bytes: number, locale: string): string {
  return formatMegabytes(bytes / megabyte, locale);
}

/** MB, from 1,000 MB on as GB with one decimal. */
export function formatMegabytes(megabytes: number, locale: string): string {
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  if (megabytes >= 1000) return `${number(megabytes / 1024, 1)} GB`;
  return `${number(megabytes, megabytes > 0 && megabytes < 1 ? 1 : 0)} MB`;
}

/** Centavos as money. */
export function formatMoney(cents: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(cents / 100);
}
