"""The table of what throttles sign-in; Django makes it for a cache kept in the database."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_history")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
