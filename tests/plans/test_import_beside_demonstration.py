"""Official files are not mixed with invented organisations."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from accounts.roles import Role
from jobs.models import JobRun, RunState
from plans import tasks
from stakeholders.models import Organisation, RegisterFile
from tests.factories import accounts
from tests.factories import stakeholders as make
from tests.factories.register import commissioner_row, csv_bytes

FILE = csv_bytes(commissioner_row("00K"))
SAYS = "holds the demonstration"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _invented(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    invented = make.practice()
    Organisation.objects.filter(pk=invented.pk).update(is_synthetic=True)


def test_the_command_says_how_to_start_an_empty_service(tmp_path) -> None:
    path = tmp_path / "eccg_2016-02.csv"
    path.write_bytes(FILE)
    with pytest.raises(CommandError, match=f"{SAYS}.*DEMONSTRATION=off") as refused:
        call_command("import_register", "commissioners", str(path))
    assert refused.value.returncode == 2
    assert not RegisterFile.objects.exists()


def test_the_page_previews_the_file_and_offers_no_button(client) -> None:
    client.force_login(accounts.user(Role.ADMINISTRATOR))
    upload = SimpleUploadedFile("eccg_2016-02.csv", FILE)
    client.post(
        "/imports/new/",
        {"kind": "commissioners", "file": upload, "as_at": "", "on_errors": "refuse"},
    )
    run = JobRun.objects.get()
    tasks.preview_register_file(run.pk)
    page = client.get(f"/imports/{run.pk}/").content.decode()
    assert SAYS in page
    assert "Load the file" not in page
    client.post(f"/imports/{run.pk}/", {})
    assert JobRun.objects.filter(kind="register-load").count() == 0
    run.refresh_from_db()
    assert run.state == RunState.DONE
    assert not RegisterFile.objects.exists()
