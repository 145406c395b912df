"""Settings of the test suite: made and migrated as owner, then every test runs with the application's rights."""

import os

os.environ.setdefault("SECRET_KEY", "tests-only")
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("SANGKROH_FIGURES_LONG", "3600")  # however slow the machine is, a page tells of this moment

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, STORAGES, env

_owner = env.db("DATABASE_OWNER_URL")
DATABASES["default"].update({k: _owner[k] for k in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}, CONN_MAX_AGE=0)
DATABASES["default"]["OPTIONS"] = {**DATABASES["default"].get("OPTIONS", {}), "assume_role": "sangkroh_app"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # no scan of every static file for each test client (0.2 s each)
NOTIFICATION_QUIET = ""  # tests of the quiet hours set them; the others run at any hour
PUBLIC_PACE = 0.0  # tests of the pace set it
