"""Uma previsão inventada, mas com cara de verdade."""

import random

CEUS = ["sol", "sol entre nuvens", "nublado", "chuva fraca", "pancadas de chuva à tarde"]


def prever(cidade):
    minima = random.randint(12, 22)
    maxima = minima + random.randint(4, 12)
    return f"{cidade}: {random.choice(CEUS)}, de {minima} a {maxima} graus"
