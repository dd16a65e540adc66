"""QR codes as drawings in the page: black on white with a quiet zone, coloured by class alone."""

from collections.abc import Iterator
from itertools import groupby

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Readers want four modules of white around the code.
QUIET_ZONE = 4


@register.simple_tag
def qr(address: str, name: str) -> SafeString:
    """The code of an address; `name` says what it opens, for those who do not see it.

    Error correction M: paper gets folded, and screens are seen from the side.
    """
    code = segno.make(address, error="m", micro=False)
    size = code.symbol_size(border=QUIET_ZONE)[0]
    drawn = "".join(_draw(code))
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" '
        'shape-rendering="crispEdges"><rect class="w" width="{}" height="{}"/>'
        '<path d="{}"/></svg>',
        name,
        size,
        size,
        size,
        size,
        mark_safe(drawn),
    )


def _draw(code: segno.QRCode) -> Iterator[str]:
    """Each run of dark modules as one flat box."""
    for y, row in enumerate(code.matrix, start=QUIET_ZONE):
        x = QUIET_ZONE
        for is_dark, run in groupby(row):
            width = len(list(run))
            if is_dark:
                yield f"M{x} {y}h{width}v1h-{width}z"
            x += width
