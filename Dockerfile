# syntax=docker/dockerfile:1
# Two stages: wheels are built where a compiler may be, the final image has none and runs as nobody in particular.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*
WORKDIR /src
RUN python -m venv /opt/khabar
# The lock first: this layer is built again only when a dependency changes.
COPY requirements.lock ./
RUN /opt/khabar/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY pipelines ./pipelines
COPY bot ./bot
RUN /opt/khabar/bin/pip install --no-deps . && /opt/khabar/bin/python -m compileall -q /opt/khabar/lib

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Khabar" org.opencontainers.image.licenses="Apache-2.0"
ENV PATH=/opt/khabar/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --create-home --home-dir /var/lib/khabar khabar
COPY --from=build /opt/khabar /opt/khabar
USER khabar
WORKDIR /var/lib/khabar
ENTRYPOINT ["khabar"]
CMD ["--help"]
