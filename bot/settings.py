"""Settings from the environment or `.env`, read once. Every variable begins with `BOT_`."""

import logging
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"
PROBLEMS = frozenset({
    "address", "database", "language", "listen", "log-level", "proxy", "timezone", "token-missing", "utf8",
    "webhook-https", "webhook-secret",
})  # fmt: skip
"""What may be wrong with a value; the command line has the words."""


class SettingsError(Exception):
    """The settings are wrong or missing; `problems` has one line each: the variable and one of `PROBLEMS`, or words."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Every setting; see `.env.example`."""

    model_config = SettingsConfigDict(
        env_prefix="BOT_", env_file=".env", frozen=True, extra="ignore", env_ignore_empty=True
    )

    token: SecretStr | None = None
    api_url: str | None = None
    proxy: str | None = None
    data_dir: Path = Path("data")
    database_url: str | None = None
    data_key: SecretStr | None = None
    policy: str = "lufeng-2022-2024"
    timezone: str = "Asia/Shanghai"
    language: Literal["zh", "en"] = "zh"
    webhook_url: str | None = None
    webhook_listen: str = "127.0.0.1:8443"
    webhook_secret: SecretStr | None = None
    ops_listen: str | None = None
    log_level: Annotated[str, Field(validate_default=True)] = "INFO"

    @field_validator("*", mode="before")
    @classmethod
    def _whole_characters(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, str) and info.field_name != "data_dir":  # a folder's name may be any bytes
            try:
                value.encode()
            except UnicodeEncodeError as error:
                raise ValueError("utf8") from error
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("timezone") from error
        return name

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, level: str) -> str:
        if level.upper() not in logging.getLevelNamesMapping():
            raise ValueError("log-level")
        return level.upper()

    @field_validator("api_url", "webhook_url")
    @classmethod
    def _an_address(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("http://", "https://")):
            raise ValueError("address")
        return None if url is None else url.rstrip("/")

    @field_validator("proxy")
    @classmethod
    def _a_proxy(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("http://", "https://", "socks4://", "socks5://", "socks5h://")):
            raise ValueError("proxy")
        return url

    @field_validator("webhook_listen", "ops_listen")
    @classmethod
    def _host_and_port(cls, text: str | None) -> str | None:
        if text is not None:
            host, _, port = text.rpartition(":")
            if not host or not port.isdecimal() or int(port) > 65535:
                raise ValueError("listen")
        return text

    @field_validator("database_url")
    @classmethod
    def _a_database(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("database")
        return url

    @property
    def zone(self) -> ZoneInfo:
        """The civil time zone of every date."""
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        """The database URL, by default a file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'ruhu.db'}"

    @property
    def api_root(self) -> str:
        """Root of the Bot API without the token."""
        return self.api_url or TELEGRAM


def load(**overrides: object) -> Settings:
    """Read the settings; SettingsError names each wrong variable."""
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]  # values are validated by the model itself
    except ValidationError as error:
        raise SettingsError([_line(dict(problem)) for problem in error.errors()]) from None
    except UnicodeDecodeError:
        raise SettingsError([".env: utf8"]) from None
    problems = _combined(settings)
    if problems:
        raise SettingsError(problems)
    return settings


def _line(problem: dict[str, object]) -> str:
    place = problem.get("loc") or ("?",)
    assert isinstance(place, tuple)
    is_language = problem.get("type") == "literal_error"
    message = "language" if is_language else str(problem.get("msg", "")).removeprefix("Value error, ")
    return f"BOT_{str(place[0]).upper()}: {message}"


def _combined(settings: Settings) -> list[str]:
    if settings.webhook_url is None:
        return []
    problems = []
    if settings.webhook_secret is None:
        problems.append("BOT_WEBHOOK_SECRET: webhook-secret")
    if settings.webhook_url.startswith("http://") and settings.api_url is None:
        problems.append("BOT_WEBHOOK_URL: webhook-https")
    return problems


def need_token(settings: Settings) -> str:
    """The token; SettingsError when it is missing."""
    if settings.token is None or not settings.token.get_secret_value().strip():
        raise SettingsError(["BOT_TOKEN: token-missing"])
    return settings.token.get_secret_value().strip()
