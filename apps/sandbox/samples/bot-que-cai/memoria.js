const passo = 16 * 1024 * 1024;

/** Guarda 16 MB a cada 200 ms, fora do heap do V8 para que seja o limite do processo a agir. */
export function encherMemoria() {
  const guardado = [];
  setInterval(() => {
    guardado.push(Buffer.alloc(passo, 1));
    console.log(`Memória guardada: ${guardado.length * 16} MB`);
  }, 200);
}
