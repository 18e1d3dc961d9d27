"""The service as it runs, with the addresses of the bench beside its own."""

from config.settings import *  # noqa: F403
from config.settings import DATABASES

ROOT_URLCONF = "tools.bench.urls"
SECOND_FACTOR_REQUIRED = False  # nobody holds a telephone while we measure
DOORBELL_TASK = ""  # nobody sweeps while we measure
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Ratios depend on both: a compiled or parallel plan is chosen for one side and not the other.
    DATABASES["default"]["OPTIONS"] = {"options": "-c jit=off -c max_parallel_workers_per_gather=0"}
