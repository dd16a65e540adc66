"""Sets the environment before Django reads its settings; loaded by `-p tests.environment`."""

import os
import tempfile

os.environ.setdefault("MODE", "test")
# Playwright's own event loop makes Django suspect async code in browser tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# A folder of its own, so that tests never meet the demo's database. The xdist
# workers inherit it from the process that starts them.
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="leading-together-tests-"))
# On PostgreSQL each test process has a server of its own.
own_server = os.environ.get(f"DATABASE_URL_{os.environ.get('PYTEST_XDIST_WORKER', '')}")
if own_server:
    os.environ["DATABASE_URL"] = own_server
