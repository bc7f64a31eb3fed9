import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kith.project.setup import make_database, use, use_demo
from kith.web.gatherings.models import Feed


def test_settings_chosen_by_the_environment_stay(monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "kith.project.settings.test")

    use("production")

    from django.conf import settings  # noqa: PLC0415

    assert settings.SETTINGS_MODULE == "kith.project.settings.test"


@pytest.mark.django_db
def test_database_that_is_up_to_date_is_left_alone(django_assert_max_num_queries):
    with django_assert_max_num_queries(3) as asked:
        make_database()

    assert not [q for q in asked.captured_queries if not q["sql"].lstrip().startswith("SELECT")]


@pytest.mark.django_db(transaction=True)
def test_database_that_is_behind_is_brought_up_to_date():
    recorder = MigrationRecorder(connection)
    before = recorder.applied_migrations().keys()
    for name in [name for app, name in before if app == "admin"]:
        recorder.record_unapplied("admin", name)
    with connection.schema_editor() as editor:
        editor.execute("DROP TABLE django_admin_log")

    make_database()

    assert recorder.applied_migrations().keys() == before
    assert "django_admin_log" in connection.introspection.table_names()


@pytest.mark.django_db
def test_command_leaves_the_database_of_a_real_instance_to_its_steward(tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"

    use_demo()

    assert not settings.DATA_DIR.exists()


@pytest.mark.django_db
def test_command_makes_the_folder_of_a_demo(tmp_path, settings):
    settings.KITH_IS_DEMO, settings.DATA_DIR = True, tmp_path / "data" / "kith"

    use_demo()

    assert settings.DATA_DIR.is_dir()
    assert not Feed.objects.exists()
