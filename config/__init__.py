"""Settings, addresses, the job schedule and the reading of the environment.

The Celery application is imported here so that every process that starts Django has it.
"""

from config.celery import app as celery_app

__all__ = ("celery_app",)
