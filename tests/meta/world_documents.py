"""A confidential version of each plan that came as a file, and a word that an administrator added."""

from django.core.files.uploadedfile import SimpleUploadedFile

from files.actions import store
from plans.models import MentionName, Plan, VersionPage
from tests.factories import papers


def values(name: str, plan: Plan, now) -> dict[str, int]:
    """Its text was read: one page."""
    upload = SimpleUploadedFile("plan.txt", f"canary document of {name}".encode())
    stored = store(upload, allowed=frozenset({"txt"}), limit=1000, now=now)
    version = papers.version(
        plan,
        file=stored,
        file_name=f"canary plan of {name}.txt",
        reading="read",
        mentions={"gp_practice": 0},
    )
    VersionPage.objects.create(version=version, number=1, text=f"canary page of {name}")
    MentionName.objects.create(category="vcse", name=f"hospice {name}", recorded_at=now)
    return {f"filed-{name}": version.pk}
