"""Everything that is set from outside, read once into one frozen object."""

from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "POKJA_"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


class SettingsError(Exception):
    """A setting is missing or wrong; the message is one sentence that names it and the remedy."""


class Settings(BaseSettings):
    """The settings, from POKJA_… in the environment or a .env file."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True)

    token: SecretStr = SecretStr("")
    api_url: str = "https://api.telegram.org"
    database_url: str = Field("sqlite:///./data/pokja.db", repr=False)  # it may hold a password
    mode: Literal["polling"] = "polling"
    log: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    clock_url: str = ""
    processes: Path = Path(__file__).parent.parent / "processes"

    @field_validator("database_url")
    @classmethod
    def _async_driver(cls, url: str) -> str:
        try:
            parsed = sa.make_url(url)
        except sa.exc.ArgumentError as error:
            raise ValueError("bukan alamat basis data") from error
        name = parsed.drivername.split("+")[0]
        if name not in DRIVERS:
            raise ValueError("hanya sqlite dan postgresql yang didukung")
        return parsed.set(drivername=DRIVERS[name]).render_as_string(hide_password=False)

    @field_validator("api_url", "clock_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("harus diawali http:// atau https://")
        return url.rstrip("/")

    @field_validator("processes")
    @classmethod
    def _has_processes(cls, folder: Path) -> Path:
        if not any(folder.glob("*.yaml")):
            raise ValueError("tidak ada berkas proses di sana")
        return folder

    def require_token(self) -> str:
        """The bot's token. Raises SettingsError."""
        token = self.token.get_secret_value().strip()
        number, _, secret = token.partition(":")
        if not (number.isdigit() and len(secret) > 20):  # noqa: PLR2004 - BotFather's tokens are longer by far
            state = "belum diisi" if not token else "tidak berbentuk token"
            raise SettingsError(
                f"{PREFIX}TOKEN {state}: isi dengan token dari @BotFather, misalnya 123456789:AAH… "
                "(atau jalankan 'make demo' untuk mencoba tanpa token)."
            )
        return token


EXAMPLES = {
    "API_URL": "https://api.telegram.org",
    "DATABASE_URL": "sqlite:///./data/pokja.db atau postgresql://pengguna:sandi@host/pokja",
    "MODE": "polling",
    "LOG": "INFO",
    "CLOCK_URL": "kosongkan saja",
    "PROCESSES": "folder berisi berkas proses .yaml",
}


def read_settings(**overrides: object) -> Settings:
    """The settings. Raises SettingsError with one sentence about the first wrong one; values are never repeated."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]).upper()
        example = EXAMPLES.get(name, "lihat README")
        raise SettingsError(f"{PREFIX}{name} tidak dapat dipakai; isi misalnya: {example}.") from None
