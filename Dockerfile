# One image, eight commands: `node dist/commands/api.js` (the default), `worker.js` and `door.js`; once before them `migrate.js`; for a
# release `rehearse.js` and `release.js`; and for the register `registerRebuild.js` and `registerCompare.js`.
# Debian, not Alpine: the native core of the Temporal SDK is built for glibc.
ARG NODE_IMAGE=node:24.22.1-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY workflows ./workflows
# The image runs kept builds only. It would not have these sources if nobody had kept their build.
RUN node --import tsx src/commands/keepBundle.ts --check && npm run build

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM ${NODE_IMAGE}
# System certificates, for a Temporal, a mail server or an issuer with a certificate of the organisation's own authority.
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production TZ=UTC
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY workflows ./workflows
COPY package.json LICENSE ./
# For the reports of rehearsals: a volume that is mounted here belongs to the user of the service.
RUN install --directory --owner=node --group=node /reports
# Nothing in /app belongs to this user: the service cannot change its own code.
USER node
EXPOSE 3000
# This is the health check of the API. A worker has no port: give it `node dist/commands/workerHealth.js` instead, as docker-compose.yml
# does.
# It asks whether the API is alive, not whether it is ready. An engine that is down is no reason to restart the API.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.API_PORT ?? 3000) + '/v1/health/live').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/commands/api.js"]
