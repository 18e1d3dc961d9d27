"""Files that people hand in, kept by their content."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files that people hand in, kept by their content."""

    name = "files"
