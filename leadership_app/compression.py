"""Pages travel compressed, but for those that show a secret.

Compression can tell a secret (the attack called BREACH): whoever can make a
page repeat a guess, many times, beside the secret, sees by the length when the
guess was right. So a page that shows a return code or a private link is never
compressed: found by their shape, so that a page somebody adds later is held to
it too. What else is personal is safe: the CSRF token is masked anew for each
page, no answering page repeats anything of its address, other sites' forms are
refused, and Django adds up to 100 random bytes, so that lengths say little.
"""

import re
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

SHORTEST: Final = 16
# 32 bytes as base64 for addresses: 43 characters, and always some capital. The
# masked CSRF token is longer, names of classes and fields have no capital.
PRIVATE_LINK: Final = rb"(?=.*[A-Z])[\w-]{43}"
# Return codes and slips are for people to type: four groups of four, or more.
TYPED_CODE: Final = rb"(?:[0-9A-HJKMNP-TV-Z]{4}-?){4,}"
SECRET: Final = re.compile(PRIVATE_LINK + rb"|" + TYPED_CODE, re.ASCII)
# Everything but what links and codes are made of becomes a space: a search with
# a regular expression over the whole page costs more than making the page smaller.
WORDS: Final = bytes(
    byte if chr(byte).isascii() and (chr(byte).isalnum() or chr(byte) in "_-") else ord(" ")
    for byte in range(256)
)


def shows_a_secret(page: bytes) -> bool:
    words = page.translate(WORDS).split()
    long = [word for word in words if len(word) >= SHORTEST]
    return b"/a/" in page or any(SECRET.fullmatch(word) for word in long)


def may_be_compressed(response: HttpResponseBase) -> bool:
    """Whether this is a page, whole and without a secret on it.

    Downloads keep their form: most are compressed files already.
    """
    content = getattr(response, "content", None)
    if content is None or not response.get("Content-Type", "").startswith("text/html"):
        return False
    return not shows_a_secret(content)


class CompressPages(GZipMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if may_be_compressed(response):
            return super().process_response(request, response)
        return response
