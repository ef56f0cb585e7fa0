FROM python:3.12-slim AS build
WORKDIR /source
COPY requirements requirements
RUN python -m venv --without-pip /opt/explorer \
    && python -m pip --python /opt/explorer install --no-cache-dir --only-binary :all: --require-hashes \
        --requirement requirements/runtime.txt \
    && python -m pip install --no-cache-dir --only-binary :all: --require-hashes --requirement requirements/build.txt
COPY . .
# The packages to build with are here already, hashed; a separate build environment would fetch them again, without hashes.
RUN python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels . \
    && python -m pip --python /opt/explorer install --no-cache-dir --no-deps --no-index /wheels/*.whl

FROM python:3.12-slim
LABEL org.opencontainers.image.title="Backprop Explorer" \
      org.opencontainers.image.description="See every number in backpropagation, and how it is computed, in your browser" \
      org.opencontainers.image.licenses="MIT"
RUN groupadd --gid 10001 explorer \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin explorer \
    && install --directory --owner=explorer --group=explorer /data
COPY --from=build /opt/explorer /opt/explorer
ENV PATH=/opt/explorer/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    TINYML_DATA=/data
# By number, so that a cluster that requires a non-root user can see that it is one.
USER 10001:10001
# The only place that is written to: the rest may be mounted read-only.
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
CMD ["tinyml-explorer", "--host", "0.0.0.0"]
