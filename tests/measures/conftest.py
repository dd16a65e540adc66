"""Properties may take their time: the machine is shared, and a slow example is no failure."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
