# Stands in for docker.io/library/rabbitmq where that can not be pulled: its user and variables, from Debian's package.
FROM debian:bookworm-slim
RUN groupadd --system --gid 999 rabbitmq \
  && useradd --system --uid 999 --gid 999 --home-dir /var/lib/rabbitmq rabbitmq \
  && apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends rabbitmq-server \
  && rm -rf /var/lib/apt/lists/*
# Debian's own wrapper wants root or a login shell of the user; the server itself does not.
ENV PATH=/usr/lib/rabbitmq/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin RABBITMQ_LOGS=-
USER 999:999
CMD ["rabbitmq-server"]
