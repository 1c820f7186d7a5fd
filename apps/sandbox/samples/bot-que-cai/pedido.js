/** Falha de propósito com um pedido cortado: o erro não é tratado e derruba o processo com o código 1. */
export function lerPedido(texto) {
  try {
    return JSON.parse(texto);
  } catch (erro) {
    throw new Error(`Pedido ilegível: ${texto}`, { cause: erro });
  }
}
