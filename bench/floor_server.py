"""`bench.floor_server:application` answers like the app, with the floor's addresses beside it.

BENCH_SYNCHRONOUS=NORMAL lets SQLite call a row written before it has reached the disk.
"""

import os
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

WANTED = os.environ.get("BENCH_SYNCHRONOUS", "FULL")


def make_application() -> Any:
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:
        words = options["init_command"]
        options["init_command"] = words.replace("synchronous=FULL", f"synchronous={WANTED}")
    settings.ROOT_URLCONF = "bench.floor"
    app = get_wsgi_application()
    middleware, settings.MIDDLEWARE = settings.MIDDLEWARE, []
    bare = WSGIHandler()
    settings.MIDDLEWARE = middleware
    return lambda environ, start: (bare if environ["PATH_INFO"] == "/bare/" else app)(
        environ, start
    )


application = make_application()
