"""Sets the environment before Django reads its settings; loaded by `-p tests.environment`."""

import os

os.environ.setdefault("MODE", "test")
# Playwright's own event loop makes Django suspect async code in browser tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
