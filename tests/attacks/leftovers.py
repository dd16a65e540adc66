"""After a close, a search of everything that is stored for what must be gone.

Tables, sessions, cache, outbox, captured logs; on SQLite the bytes of the file and its log; on
PostgreSQL the bytes of every table and index, dead rows and free space included (the server's own
write-ahead log is left out: the promise page says that it and back-ups still hold what was).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.core import mail
from django.core.cache import cache
from django.db import connection

from tests.attacks.stories import Story


@dataclass(frozen=True)
class Needle:
    """Something that must be nowhere, in every way in which it could be stored."""

    name: str
    forms: tuple[bytes, ...]

    def is_in(self, haystack: bytes) -> bool:
        return any(form in haystack for form in self.forms)


def secrets_of(story: Story) -> list[Needle]:
    """Tokens, codes, keys, what ties a person to a response, and ids of single answers."""
    needles = [_bytes("the key of the round", story.key)]
    for number, person in enumerate(story.people):
        needles += [
            _text(f"token {number}", person.token),
            _text(f"return code {number}", person.code),
            _text(f"return code {number} in one word", person.code.replace("-", "")),
            _bytes(f"proof {number}", person.reader.proof),
            _bytes(f"seed {number}", person.reader.seed),
            _text(f"claim {number}", person.claim),
            _uuid(f"response {number}", person.response),
            *(_uuid(f"answer {number}", answer) for answer in person.answers),
        ]
    return needles


def comments_of(story: Story) -> list[Needle]:
    return [
        _text(f"comment {number}", person.comment)
        for number, person in enumerate(story.people)
        if person.comment
    ]


def search(needles: list[Needle], logs: str = "") -> set[tuple[str, str]]:
    """(place, needle) for everything that is found."""
    return {
        (place, needle.name)
        for place, haystack in _haystacks(logs)
        for needle in needles
        if needle.is_in(haystack)
    }


def _haystacks(logs: str) -> Iterator[tuple[str, bytes]]:
    yield "logs", logs.encode()
    for message in mail.outbox:
        yield "outbox", message.message().as_bytes()
    yield "cache", repr(getattr(cache, "_cache", {})).encode()
    yield from _tables()
    yield from (_files_of_sqlite() if connection.vendor == "sqlite" else _files_of_postgresql())


def _tables() -> Iterator[tuple[str, bytes]]:
    """Every row of every table as the driver gives it, tables of Django's own included."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield f"table {table}", b"|".join(_as_bytes(value) for value in row)


def _as_bytes(value: object) -> bytes:
    if isinstance(value, bytes | memoryview):
        return bytes(value)
    return value.hex.encode() if isinstance(value, UUID) else str(value).encode()


def _files_of_sqlite() -> Iterator[tuple[str, bytes]]:
    name = str(connection.settings_dict["NAME"])
    for path in (Path(name), Path(f"{name}-wal"), Path(f"{name}-journal")):
        if path.exists():
            yield f"file {path.suffix}", path.read_bytes()


def _files_of_postgresql() -> Iterator[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT relname, pg_relation_filepath(oid) FROM pg_class"
            " WHERE relkind IN ('r', 'i', 't', 'S') AND relpersistence = 'p'"
            " AND relnamespace IN ('public'::regnamespace, 'pg_toast'::regnamespace)"
        )
        for name, path in cursor.fetchall():
            cursor.execute("SELECT pg_read_binary_file(%s)", [path])
            yield f"pages of {name}", bytes(cursor.fetchone()[0])


def _text(name: str, text: str) -> Needle:
    return Needle(name, (text.encode(),))


def _bytes(name: str, raw: bytes) -> Needle:
    return Needle(name, (raw, raw.hex().encode()))


def _uuid(name: str, own: UUID) -> Needle:
    return Needle(name, (own.bytes, own.hex.encode(), str(own).encode()))
