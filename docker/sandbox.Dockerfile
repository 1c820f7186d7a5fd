# The sandbox: GitHub's stand-in, for trials. How to build it: docker/README.md
FROM node:24-bookworm-slim AS pnpm
ENV CI=true
WORKDIR /app
COPY package.json ./
RUN npm install --global --no-fund --no-audit --no-update-notifier "$(node -p 'require("./package.json").packageManager')"

FROM pnpm AS manifests
COPY --parents .npmrc pnpm-lock.yaml pnpm-workspace.yaml packages/*/package.json apps/sandbox/package.json ./

# What runs: dependencies of production alone, without what only editors and debuggers read.
FROM manifests AS dependencies
RUN --mount=type=cache,id=zarpa-pnpm,target=/root/.local/share/pnpm \
  pnpm install --frozen-lockfile --prod --package-import-method=copy --filter-prod @zarpa/sandbox... \
  && find node_modules/.pnpm -type f ! -iname 'licen*' \
    \( -name '*.map' -o -name '*.md' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete \
  && rm -f node_modules/.modules.yaml node_modules/.pnpm-workspace-state*.json pnpm-lock.yaml .npmrc

FROM manifests AS build
RUN --mount=type=cache,id=zarpa-pnpm,target=/root/.local/share/pnpm \
  pnpm install --frozen-lockfile --package-import-method=copy --filter-prod @zarpa/sandbox...
COPY tsconfig.base.json ./
COPY --parents packages/env packages/observability apps/sandbox ./
RUN pnpm --filter-prod @zarpa/sandbox... run build \
  && find packages/*/dist apps/sandbox/dist -type f \( -name '*.map' -o -name '*.d.ts' \) -delete

FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/* /var/cache/* /var/log/*
ENV NODE_ENV=production SANDBOX_DIRECTORY=/data
WORKDIR /app/apps/sandbox
COPY --from=dependencies /app /app
COPY --from=build --parents /app/./packages/*/dist /app/./apps/sandbox/dist /app/
COPY apps/sandbox/assets assets
COPY apps/sandbox/samples samples
RUN install --directory --owner=10001 --group=10001 /data
USER 10001:10001
EXPOSE 4302
STOPSIGNAL SIGTERM
CMD ["node", "dist/main.js"]
