const binary: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };
const decimal: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
};

/** Pure: a Kubernetes quantity (`250m`, `256Mi`, `1e3`) as a number; null for none or one that can not be read. */
export function parseQuantity(quantity: string | number | undefined): number | null {
  const match = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)(Ki|Mi|Gi|Ti|n|u|m|k|M|G|T|)$/.exec(String(quantity ?? ''));
  if (match === null) return null;
  const factor = binary[match[2] ?? ''] ?? decimal[match[2] ?? ''];
  return factor === undefined ? null : Number(match[1]) * factor;
}

/** In MB of 1,048,576 bytes. */
export function toMebibytes(quantity: string | undefined): number | null {
  const bytes = parseQuantity(quantity);
  return bytes === null ? null : Math.round(bytes / 2 ** 20);
}

export function toMilliCores(quantity: string | undefined): number | null {
  const cores = parseQuantity(quantity);
  return cores === null ? null : Math.round(cores * 1_000);
}
