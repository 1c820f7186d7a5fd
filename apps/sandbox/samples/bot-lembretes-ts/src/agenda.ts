import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Lembrete {
  readonly cliente: string;
  readonly texto: string;
}

const lembretes: readonly Lembrete[] = [
  { cliente: 'Ana', texto: 'consulta amanhã às 9h' },
  { cliente: 'Bruno', texto: 'boleto vence sexta-feira' },
  { cliente: 'Carla', texto: 'retirar o pedido na loja' },
  { cliente: 'Davi', texto: 'reunião às 15h30' },
];

/** Lembra em DATA_DIR quantos lembretes já saíram. */
export class Agenda {
  readonly #arquivo: string;
  #enviados: number;

  constructor(pasta: string) {
    mkdirSync(pasta, { recursive: true });
    this.#arquivo = join(pasta, 'enviados.txt');
    this.#enviados = this.#ler();
  }

  get enviados(): number {
    return this.#enviados;
  }

  proximo(): Lembrete {
    const lembrete = lembretes[this.#enviados % lembretes.length];
    if (!lembrete) throw new Error('A agenda está vazia');
    this.#enviados += 1;
    writeFileSync(this.#arquivo, String(this.#enviados));
    return lembrete;
  }

  #ler(): number {
    try {
      return Number.parseInt(readFileSync(this.#arquivo, 'utf8'), 10) || 0;
    } catch {
      return 0;
    }
  }
}
