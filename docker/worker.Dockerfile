# The worker. How to build it: docker/README.md
FROM node:24-bookworm-slim AS pnpm
ENV CI=true
WORKDIR /app
COPY package.json ./
RUN npm install --global --no-fund --no-audit --no-update-notifier "$(node -p 'require("./package.json").packageManager')"

FROM pnpm AS manifests
COPY --parents .npmrc pnpm-lock.yaml pnpm-workspace.yaml packages/*/package.json apps/worker/package.json ./

# What runs: dependencies of production alone, without what only editors and debuggers read.
FROM manifests AS dependencies
RUN --mount=type=cache,id=zarpa-pnpm,target=/root/.local/share/pnpm \
  pnpm install --frozen-lockfile --prod --package-import-method=copy --filter-prod @zarpa/worker... \
  && find node_modules/.pnpm -type f ! -iname 'licen*' \
    \( -name '*.map' -o -name '*.md' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete \
  && rm -f node_modules/.modules.yaml node_modules/.pnpm-workspace-state*.json pnpm-lock.yaml .npmrc

FROM manifests AS build
RUN --mount=type=cache,id=zarpa-pnpm,target=/root/.local/share/pnpm \
  pnpm install --frozen-lockfile --package-import-method=copy --filter-prod @zarpa/worker...
COPY tsconfig.base.json ./
COPY --parents packages/build-plan packages/contracts packages/env packages/messaging packages/observability apps/worker ./
RUN pnpm --filter-prod @zarpa/worker... run build \
  && find packages/*/dist apps/worker/dist -type f \( -name '*.map' -o -name '*.d.ts' \) -delete

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app/apps/worker
COPY --from=dependencies /app /app
COPY --from=build --parents /app/./packages/*/dist /app/./apps/worker/dist /app/
USER 10001:10001
EXPOSE 4304
STOPSIGNAL SIGTERM
CMD ["node", "dist/main.js"]
