DISPLAY_NAME=Bot Sorteio
DESCRIPTION=Sorteios em grupos de WhatsApp
MAIN=index.js
MEMORY=256
VERSION=recommended
START=node index.js
