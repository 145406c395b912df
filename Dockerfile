# Sangkroh: pages, API, worker and beat from one image; which one it is says the command (docker-compose.yml).
FROM python:3.11-slim-bookworm AS build
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY pyproject.toml uv.lock package.json package-lock.json ./
RUN python -m venv /opt/uv \
    && /opt/uv/bin/pip install --quiet "uv==$(sed -n '/^name = "uv"$/{n;s/.*"\(.*\)"/\1/p}' uv.lock)" \
    && /opt/uv/bin/uv sync --frozen --no-dev \
    && PATH="/app/.venv/bin:$PATH" npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY . .
RUN PATH="/app/.venv/bin:$PATH" \
    && python scripts/assets.py \
    && { [ ! -d locale ] || pybabel --quiet compile --directory locale --domain django; } \
    && SECRET_KEY=build DATABASE_URL=postgres://nobody/nothing python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules tests bench

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --create-home --home-dir /var/lib/sangkroh sangkroh
WORKDIR /app
COPY --from=build /app /app
ENV PATH="/app/.venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    SANGKROH_BIND=0.0.0.0:8000 \
    SANGKROH_STATE=/var/lib/sangkroh
USER sangkroh
EXPOSE 8000
CMD ["gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
