# The dashboard: Next's standalone output. How to build it: docker/README.md
FROM node:24-bookworm-slim AS pnpm
ENV CI=true
WORKDIR /app
COPY package.json ./
RUN npm install --global --no-fund --no-audit --no-update-notifier "$(node -p 'require("./package.json").packageManager')"

FROM pnpm AS build
COPY --parents .npmrc pnpm-lock.yaml pnpm-workspace.yaml packages/*/package.json apps/web/package.json ./
RUN --mount=type=cache,id=zarpa-pnpm,target=/root/.local/share/pnpm \
  pnpm install --frozen-lockfile --package-import-method=copy --filter-prod @zarpa/web...
COPY tsconfig.base.json ./
COPY --parents packages/api-client packages/contracts packages/env packages/ui apps/web ./
# The version: Next asks the browser to load the page anew when it differs. Without one each build makes up its own.
ARG WEB_BUILD_ID
ENV WEB_STANDALONE=true WEB_BUILD_ID=$WEB_BUILD_ID
RUN --mount=type=cache,id=zarpa-next,target=/app/apps/web/.next/cache \
  pnpm --filter-prod @zarpa/web... run build \
  && find apps/web/.next/standalone -type f ! -iname 'licen*' \( -name '*.map' -o -name '*.md' -o -name '*.d.ts' \) -delete \
  && rm -rf apps/web/.next/standalone/apps/web/.next/cache

FROM node:24-bookworm-slim
# Next's server reads PORT and HOSTNAME; WEB_PORT is the app's own setting. Addresses of the API are read when it runs.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOSTNAME=0.0.0.0 PORT=4300
WORKDIR /app/apps/web
COPY --from=build /app/apps/web/.next/standalone /app
COPY --from=build /app/apps/web/.next/static .next/static
USER 10001:10001
EXPOSE 4300
STOPSIGNAL SIGTERM
CMD ["node", "server.js"]
