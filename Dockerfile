# syntax=docker/dockerfile:1
# One image for every node, and one for the front with the pages in it.

FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# sharp's own libraries count as optional, like the runtimes that the image doesn't need: they are put back
RUN npm run build \
	&& cp -a node_modules/@img /img \
	&& npm prune --omit=dev --omit=optional \
	&& mkdir -p node_modules/@img && cp -an /img/. node_modules/@img/

FROM node:24-slim AS app
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
RUN install -d -o node -g node /data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
VOLUME /data
EXPOSE 8080 8081 3030
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
	CMD ["node", "dist/services/healthcheck.js"]
CMD ["node", "dist/services/run.js"]

FROM nginx:1.28-alpine AS front
# the image's start-up fills in what is called FRONT_…, and nothing else
ENV NGINX_ENVSUBST_OUTPUT_DIR=/etc/nginx NGINX_ENVSUBST_FILTER=^FRONT_
COPY deploy/nginx.conf /etc/nginx/templates/nginx.conf.template
COPY --from=build /app/dist/web /usr/share/nginx/html
EXPOSE 8080 8081
