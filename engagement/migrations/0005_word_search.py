"""Words in titles and summaries are found, or not found, without reading every event."""

from django.db import migrations

from stakeholders import trigrams

INDEXES = {
    "engagement_event_title_words": ("engagement_event", "upper(title)"),
    "engagement_event_summary_words": ("engagement_event", "upper(summary)"),
}


class Migration(migrations.Migration):
    dependencies = [
        ("engagement", "0004_summary_refresh"),
        ("stakeholders", "0002_word_search"),
    ]

    operations = [migrations.RunPython(trigrams.add(**INDEXES), trigrams.drop(*INDEXES))]
