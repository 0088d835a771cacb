"""Everything that can be set, from the environment (HUIFANG_…) or a `.env` file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

TELEGRAM = "https://api.telegram.org"
HIGHEST_PORT = 65535


class Settings(BaseSettings):
    """Read once at start; `docs/settings.md` is made from these fields."""

    model_config = SettingsConfigDict(env_prefix="HUIFANG_", env_file=".env", extra="ignore", frozen=True)

    data: Path = Field(Path("data"), description="Folder for the database, kept sounds and the demo.")
    database_url: str = Field(
        "",
        description="SQLAlchemy address; empty is one SQLite file in the data folder. "
        "postgresql+psycopg://user:password@host/name for PostgreSQL.",
    )
    telegram_token: SecretStr = Field(
        SecretStr(""), description="The bot's token from BotFather; empty serves the demo in the browser."
    )
    telegram_api: str = Field(TELEGRAM, description="Base address of the Bot API, for a local server.")
    webhook_url: str = Field("", description="Public https address for updates; empty polls instead.")
    webhook_listen: str = Field("127.0.0.1:8443", description="Host and port that the webhook door binds.")
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="Secret token that Telegram must show; empty makes one at each start."
    )
    page_listen: str = Field("127.0.0.1:8080", description="Host and port of the browser chat.")
    send_per_second: float = Field(
        29.5, ge=0, description="Messages a second in all; 0 sets no limit (own Bot API only)."
    )
    send_per_chat_seconds: float = Field(
        1.0, ge=0, description="Seconds between messages of one private chat."
    )
    send_per_group_seconds: float = Field(3.0, ge=0, description="Seconds between messages of one group.")
    lanes: int = Field(16, ge=1, le=32, description="Chats that are worked on at once.")
    workers: int = Field(1, ge=0, le=16, description="Reports transcribed at once in this process.")
    reminders_policy: Path | None = Field(None, description="TOML file of the visit plan; empty takes ours.")
    anomalies_policy: Path | None = Field(None, description="TOML file of the rules; empty takes ours.")
    speech: Literal["auto", "api", "faster", "whisper", "off"] = Field(
        "auto", description="Which engine hears voice messages."
    )
    speech_model: str = Field("small", description="Size of the local speech model, or its folder.")
    speech_hub: str = Field(
        "", description="Where speech models are fetched from; empty is the hub that HF_ENDPOINT names."
    )
    speech_threads: int = Field(2, ge=1, description="Threads of the local speech engine.")
    speech_api_base: str = Field("", description="Base address of a speech API; empty is OpenAI's.")
    speech_api_key: SecretStr = Field(SecretStr(""), description="Key for the speech API.")
    speech_api_model: str = Field("gpt-transcribe", description="Model at the speech API.")
    model_name: str = Field(
        "", description="Language model that reads reports besides the grammar; empty asks none."
    )
    model_base: str = Field(
        "", description="Base address of the model's OpenAI-compatible API; empty is OpenAI's."
    )
    model_key: SecretStr = Field(SecretStr(""), description="Key for the model's API.")
    model_timeout_seconds: float = Field(
        30.0, gt=0, le=60, description="Seconds that one answer of the model may take."
    )
    model_at_once: int = Field(2, ge=1, le=16, description="Reports that the model reads at once.")
    model_report_tokens: int = Field(
        30_000, ge=0, description="Tokens that the model may take for one report."
    )
    model_day_tokens: int = Field(
        2_000_000, ge=0, description="Tokens that the model may take in 24 hours, of all reports."
    )
    model_price_in: float = Field(0.0, ge=0, description="Price of a million tokens that the model reads.")
    model_price_out: float = Field(0.0, ge=0, description="Price of a million tokens that it writes.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="How much is logged.")
    log_json: bool = Field(False, description="Log lines as JSON, for machines.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite://", "sqlite+aiosqlite://", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:// or postgresql+psycopg://")
        return url

    @field_validator("page_listen", "webhook_listen")
    @classmethod
    def _an_address(cls, listen: str) -> str:
        port = listen.rpartition(":")[2]
        if not port.isdecimal() or int(port) > HIGHEST_PORT:
            raise ValueError("must be host:port, for example 127.0.0.1:8080")
        return listen

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.data / 'huifang.sqlite3'}"

    @property
    def database_file(self) -> Path | None:
        """The SQLite file; None for a database elsewhere."""
        _, here, place = self.database.partition("///")
        return Path(place) if here and self.database.startswith("sqlite") else None

    @property
    def is_telegram(self) -> bool:
        return self.telegram_api.rstrip("/") == TELEGRAM


def host_and_port(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    return host or "127.0.0.1", int(port)
