# Stands in for docker.io/library/redis where that can not be pulled, from Debian's package.
FROM debian:bookworm-slim
RUN groupadd --system --gid 999 redis \
  && useradd --system --uid 999 --gid 999 --home-dir /data redis \
  && apt-get update \
  && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends redis-server \
  && rm -rf /var/lib/apt/lists/*
USER 999:999
CMD ["redis-server"]
