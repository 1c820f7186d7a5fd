"""Um número guardado em DATA_DIR, que sobrevive a novos deploys."""

import pathlib


class Contador:
    def __init__(self, pasta):
        self.arquivo = pathlib.Path(pasta) / "previsoes.txt"
        self.arquivo.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.valor = int(self.arquivo.read_text())
        except (FileNotFoundError, ValueError):
            self.valor = 0

    def somar(self):
        self.valor += 1
        self.arquivo.write_text(str(self.valor))
        return self.valor
