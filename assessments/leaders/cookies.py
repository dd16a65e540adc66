"""The cookies of an answering device, all signed, for the paths of one round only.

`link` says whose personal link was opened here, `reader` is what the return
code became, `blind` that somebody goes on without the code, `code` carries the
code once from making it to showing it (encrypted, for minutes), `place` is the
page to come back to, and `shared` says that other people use the device: then
every one of them goes when the browser does. None of them is a row anywhere.
"""

import hmac
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from assessments.services.keys import Reader
from assessments.services.links import Link

LINK, READER, BLIND, CODE, PLACE = "link", "reader", "blind", "code", "place"
SHARED = "shared"
KINDS = (LINK, READER, BLIND, CODE, PLACE, SHARED)
A_DAY = 24 * 60 * 60
LASTS = {
    LINK: 180 * A_DAY,
    READER: 180 * A_DAY,
    BLIND: A_DAY,
    CODE: 15 * 60,
    PLACE: 180 * A_DAY,
    SHARED: A_DAY,
}


def write_link(response: HttpResponse, round_id: int, link: Link) -> None:
    content = [link.kind, str(link.place_id), link.version, link.audience]
    _write(response, round_id, LINK, content)


def read_link(request: HttpRequest, round_id: int) -> Link | None:
    """Which place was opened on this device, and by which version of its link."""
    found = _read(request, round_id, LINK)
    if not found:
        return None
    kind, place_id, version, audience = found
    return Link(kind, UUID(place_id), version, audience)


def write_reader(response: HttpResponse, round_id: int, reader: Reader) -> None:
    _write(response, round_id, READER, reader.to_text())


def read_reader(request: HttpRequest, round_id: int) -> Reader | None:
    found = _read(request, round_id, READER)
    return Reader.from_text(found) if found else None


def write_blind(response: HttpResponse, round_id: int) -> None:
    _write(response, round_id, BLIND, True)


def is_blind(request: HttpRequest, round_id: int) -> bool:
    return _read(request, round_id, BLIND) is True


def write_place(response: HttpResponse, round_id: int, instrument: str, dimension: str) -> None:
    _write(response, round_id, PLACE, [instrument, dimension])


def read_place(request: HttpRequest, round_id: int) -> tuple[str, str] | None:
    found = _read(request, round_id, PLACE)
    return (found[0], found[1]) if found else None


def write_shared(response: HttpResponse, round_id: int) -> None:
    _write(response, round_id, SHARED, True)


def is_shared(request: HttpRequest, round_id: int) -> bool:
    """True where somebody said that other people use this device after them."""
    return _read(request, round_id, SHARED) is True


def sets(response: HttpResponse, kind: str) -> bool:
    """True when the response puts such a cookie on the device."""
    morsel = response.cookies.get(_name(kind))
    return morsel is not None and bool(morsel.value)


def keep_for_the_session(response: HttpResponse) -> None:
    """On a shared device: what this response sets goes when the browser is closed."""
    for kind in KINDS:
        if sets(response, kind):
            morsel = response.cookies[_name(kind)]
            morsel["max-age"] = morsel["expires"] = ""


def write_code(response: HttpResponse, round_id: int, code: str) -> None:
    sealed = _code_box().encrypt(code.encode())
    _write(response, round_id, CODE, signing.b64_encode(bytes(sealed)).decode())


def read_code(request: HttpRequest, round_id: int) -> str | None:
    """The return code that waits to be written down; None once it was, or after minutes."""
    found = _read(request, round_id, CODE)
    if not found:
        return None
    try:
        return _code_box().decrypt(signing.b64_decode(found.encode())).decode()
    except (CryptoError, ValueError):
        return None


def forget(response: HttpResponse, round_id: int, *kinds: str) -> None:
    """Takes cookies off this device; all of the round without `kinds`."""
    for kind in kinds or KINDS:
        response.delete_cookie(_name(kind), path=_path(round_id), samesite="Lax")


def _write(response: HttpResponse, round_id: int, kind: str, content: object) -> None:
    response.set_cookie(
        _name(kind),
        signing.dumps(content, salt=_salt(kind, round_id)),
        max_age=LASTS[kind],
        path=_path(round_id),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest, round_id: int, kind: str) -> Any:
    """What a cookie holds; None where it is missing, old, changed, or of another round."""
    text = request.COOKIES.get(_name(kind))
    if not text:
        return None
    try:
        return signing.loads(text, salt=_salt(kind, round_id), max_age=LASTS[kind])
    except signing.BadSignature:
        return None


def _name(kind: str) -> str:
    return f"answer_{kind}"


def _path(round_id: int) -> str:
    return f"/answer/{round_id}/"


def _salt(kind: str, round_id: int) -> str:
    return f"leaders.{kind}.{round_id}"


def _code_box() -> SecretBox:
    key = hmac.digest(settings.SECRET_KEY.encode(), b"leaders: a code on its way", "sha256")
    return SecretBox(key)
