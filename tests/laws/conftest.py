"""Settings of the laws: the same examples on every run of CI, more of them on demand."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.register_profile("long", settings.get_profile("default"), max_examples=3_000)
settings.load_profile(os.environ.get("SCREENKIT_LAWS", "ci" if os.environ.get("CI") else "default"))
