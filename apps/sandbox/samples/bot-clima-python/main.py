"""Bot que responde a previsão do tempo. Não usa nada além do Python."""

import os
import random
import signal
import sys
import threading

from contador import Contador
from previsao import prever

CIDADES = ["São Paulo", "Recife", "Manaus", "Porto Alegre", "Belo Horizonte"]
encerrar = threading.Event()


def log(texto):
    print(f"[clima] {texto}", flush=True)


def ao_receber_sigterm(_sinal, _quadro):
    log("Recebi SIGTERM, encerrando com calma")
    encerrar.set()


def main():
    signal.signal(signal.SIGTERM, ao_receber_sigterm)
    contador = Contador(os.environ.get("DATA_DIR", "data"))
    log(f"Bot do clima iniciado com Python {sys.version.split()[0]}")
    log(f"Variáveis de ambiente: {', '.join(sorted(os.environ))}")
    log(f"Previsões enviadas até agora: {contador.valor}")
    while not encerrar.is_set():
        cidade = random.choice(CIDADES)
        log(f"Pergunta: como está o tempo em {cidade}?")
        log(f"Resposta: {prever(cidade)} (total: {contador.somar()})")
        encerrar.wait(3)
    return 0


if __name__ == "__main__":
    sys.exit(main())
