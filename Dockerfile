# syntax=docker/dockerfile:1
# One image for the server and the worker: `vitrine` (the default) and `vitrine-worker`.

FROM rust:1.95-bookworm AS build
WORKDIR /source
COPY . .
# The caches outlive the layer, so that a changed line does not compile every dependency again;
# the binaries leave them, since a mounted folder is not part of the image.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/source/target \
    cargo build --release --locked --workspace --bins && \
    install -D --target-directory=/built target/release/vitrine target/release/vitrine-worker

FROM debian:bookworm-slim
RUN apt-get update && \
    apt-get install --yes --no-install-recommends ca-certificates && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --system --uid 10001 --create-home --home-dir /var/lib/vitrine vitrine && \
    install --directory --owner=vitrine --group=vitrine /var/lib/vitrine/media
COPY --from=build /built/ /usr/local/bin/
USER vitrine
# Without services configured, this is where SQLite, the mails and the pictures go. `media` is there so that a
# volume which servers and workers share begins as theirs.
WORKDIR /var/lib/vitrine
VOLUME /var/lib/vitrine
ENV VITRINE_HTTP__ADDRESS=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["vitrine", "health", "--url", "http://127.0.0.1:8080/health/ready"]
CMD ["vitrine"]
