import { randomBytes } from 'node:crypto';

/** Um código com a forma dos que o WhatsApp gera: referência, chave de ruído, chave de identidade, segredo e aparelho. */
export function novoCodigo() {
  const referencia = `2@${randomBytes(96).toString('base64')}`;
  const chaves = [randomBytes(32), randomBytes(32), randomBytes(32)].map((chave) => chave.toString('base64'));
  return `https://wa.me/settings/linked_devices#${[referencia, ...chaves, '1'].join(',')}`;
}
