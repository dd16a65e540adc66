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

# 32 bytes as base64 for addresses: 43 characters, and always some capital. The
# masked CSRF token is longer, names of classes and fields have no capital.
PRIVATE_LINK: Final = rb"(?<![\w-])(?=[\w-]{0,42}[A-Z])[\w-]{43}(?![\w-])"
SYMBOL: Final = rb"[0-9A-HJKMNP-TV-Z]"
RETURN_CODE: Final = rb"\b(?:" + SYMBOL + rb"{4}-){3}" + SYMBOL + rb"{4}\b"
SECRET: Final = re.compile(rb"/a/[\w-]|" + RETURN_CODE + rb"|" + PRIVATE_LINK, re.ASCII)


def may_be_compressed(response: HttpResponseBase) -> bool:
    """Whether this is a page, whole and without a secret on it.

    Downloads keep their form: most are compressed files already.
    """
    content = getattr(response, "content", None)
    if content is None or not response.get("Content-Type", "").startswith("text/html"):
        return False
    return SECRET.search(content) is None


class CompressPages(GZipMiddleware):
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if may_be_compressed(response):
            return super().process_response(request, response)
        return response
