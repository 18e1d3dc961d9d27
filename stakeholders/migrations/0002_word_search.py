"""Names are found by the beginnings of their words without reading every organisation."""

from django.db import migrations

from stakeholders import trigrams

INDEXES = {
    "stakeholders_organisation_words": ("stakeholders_organisation", "search_text"),
    "stakeholders_person_words": ("stakeholders_person", "upper(name)"),
}


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0001_initial")]

    operations = [migrations.RunPython(trigrams.add(**INDEXES), trigrams.drop(*INDEXES))]
