# trichdan in a container.
#
#   slim (the default)   the bundled encoder alone, without torch
#   full                 with sentence-transformers, for ENCODER=… and `python -m retrieval evaluate`
#
# The bot runs as a user without rights, on a read-only root: it writes to /data and /tmp alone.
# How to run it: docs/operating.md
ARG BASE=docker.io/library/python:3.11-slim-bookworm

# hadolint ignore=DL3006
FROM ${BASE} AS build
ARG FLAVOUR=slim
# Where the full image takes torch without CUDA from; the hashes of the lock hold for it, too.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PATH=/opt/trichdan/bin:$PATH
RUN python3 -m venv /opt/trichdan
WORKDIR /build
# A layer for the dependencies, which change more rarely than the code.
COPY deploy/slim.lock deploy/full.lock ./
RUN if [ "${FLAVOUR}" = full ]; then export PIP_EXTRA_INDEX_URL="${TORCH_INDEX}"; fi \
    && pip install --require-hashes --requirement "${FLAVOUR}.lock"
# Another one for the encoder's graph, which is made once (95 MB).
COPY pyproject.toml README.md LICENSE ./
COPY retrieval ./retrieval
COPY bot ./bot
RUN pip install --no-deps --no-build-isolation . \
    && XDG_CACHE_HOME=/opt/cache python -c \
        "from retrieval.encoding.loading import load_encoder; load_encoder()" \
    && chmod -R a+rX /opt/cache

# hadolint ignore=DL3006
FROM ${BASE}
COPY --from=build /opt/cache /opt/cache
COPY --from=build /opt/trichdan /opt/trichdan
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin trichdan \
    && install -d -o trichdan -g trichdan -m 0700 /data /data/documents
# The documents that are mounted here take the place of those that ship.
COPY --chown=trichdan:trichdan seeds /data/documents/desk
ENV PATH=/opt/trichdan/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/opt/cache \
    SEEDS_DIR=/data/documents \
    INDEX_DIR=/data/index \
    DATABASE_URL=sqlite:////data/bot.sqlite3 \
    METRICS_LISTEN=127.0.0.1:9100
USER 10001:10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:9100/healthz')"]
ENTRYPOINT ["python", "-m", "bot"]
