"""The application as it is, with the floors as further addresses."""

from parindex.config.settings import *  # noqa: F403
from parindex.config.settings import PACKAGE, TEMPLATES

ROOT_URLCONF = "bench.web_floors"
_JINJA, *_others = TEMPLATES
TEMPLATES = [{**_JINJA, "DIRS": [*_JINJA["DIRS"], PACKAGE.parent.parent / "bench" / "floor_templates"]}, *_others]
