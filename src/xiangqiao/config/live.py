"""The live rooms as an ASGI callable, in a process of their own beside the pages."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiangqiao.config.settings")
django.setup()

# After the set-up: the rooms know the tables.
from xiangqiao.learning.live.app import application as make  # noqa: E402

application = make()
