# The bot in one image: pinned packages, no build tools, a user of its own. Data lives in /data.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 POKJA_DATABASE_URL=sqlite:////data/pokja.db
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY domain domain
COPY usecases usecases
COPY store store
COPY documents documents
COPY migrations migrations
COPY processes processes
COPY templates templates
# Compiled here, for the bot may not write to /app: each start would compile everything again.
RUN python -m compileall -q .
RUN useradd --create-home --uid 10001 pokja && mkdir /data && chown pokja /data
USER pokja
VOLUME /data
CMD ["python", "-m", "bot", "run"]
