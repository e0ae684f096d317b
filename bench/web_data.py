"""The data of the web bench: 3,321 units with a sheet each in one open cycle, ``python -m bench.web_data PLAN.json``.

The criteria set is the one that ships for the districts of 2024. Units, figures and what is entered are invented. The
cycle is made by the use cases of the application; accounts log in by sessions that are made here. What the clients need
to know is written into the plan.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.web_settings")

UNITS = 3321
#: Clients that write at the same time, each an officer of a unit of its own.
WRITERS = 4
SET = "dien-bien-2024-districts"


def main() -> None:
    """Migrate, load, write the plan."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    Path(sys.argv[1]).write_text(json.dumps(load(datetime.now(tz=UTC))), encoding="utf-8")


def load(at: datetime) -> dict[str, Any]:
    """Everything; what the clients need."""
    from parindex.database.models import CriteriaSet, CriteriaSetVersion, Cycle, Phase, ScoreSheet, Unit, UnitVersion
    from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, fingerprint, load_criteria_set
    from parindex.documents.criteria_sets.shipped import shipped_set_path
    from parindex.domain.review.roles import Role
    from parindex.usecases.actors import session_of
    from parindex.usecases.cycles import NewGroup, add_group, open_cycle

    since = date(2004, 1, 1)
    province = Unit.objects.create(code="tinh")
    UnitVersion.objects.create(unit=province, name="UBND tỉnh", kind="province", path="tinh", valid_from=since)
    units = Unit.objects.bulk_create([Unit(code=f"xa-{number:04d}") for number in range(UNITS)])
    UnitVersion.objects.bulk_create(
        [
            UnitVersion(
                unit=unit, name=f"Xã số {number + 1}", kind="district", parent=province, path=f"tinh/{unit.code}",
                valid_from=since,
            )
            for number, unit in enumerate(units)
        ],
        batch_size=500,
    )  # fmt: skip
    office = _person("co-quan-thuong-truc", province, Role.STANDING_OFFICE, at)
    path = shipped_set_path(SET)
    assert path is not None
    made = load_criteria_set(path)
    year = made.year or 2024
    version = CriteriaSetVersion.objects.create(
        criteria_set=CriteriaSet.objects.create(owner=province, code=made.id), number=1, state="frozen",
        title=made.title, year=made.year, content=dump_criteria_set(made), fingerprint=fingerprint(made),
        created_by=office, created_at=at, frozen_by=office, frozen_at=at,
    )  # fmt: skip
    cycle = Cycle.objects.create(
        owner=province, owner_path="tinh", title="Kỳ đo", year=year, created_by=office, created_at=at
    )
    Phase.objects.create(
        cycle=cycle, kind="self_scoring", title="Tự đánh giá", starts_at=at - timedelta(days=10),
        ends_at=at + timedelta(days=10),
    )  # fmt: skip
    acting = session_of(office, at)
    group = NewGroup("districts", "Cấp huyện", version.pk, tuple(unit.pk for unit in units))
    add_group(by=acting, at=at, cycle_id=cycle.pk, group=group)
    open_cycle(by=acting, at=at, cycle_id=cycle.pk)
    _fill(made, at)
    officers = [_person(f"can-bo-{number}", units[number], Role.UNIT_OFFICER, at) for number in range(WRITERS)]
    sheets = [ScoreSheet.objects.get(unit=officer.unit) for officer in officers]
    return {
        "cycle": cycle.pk,
        "office": _cookie(office),
        "officers": [_officer(officer, sheet) for officer, sheet in zip(officers, sheets, strict=True)],
        "items": sheets[0].entries.count(),
    }


def _fill(made: Any, at: datetime) -> None:
    """Figures of every measure and unit, four of five items entered, sums to match."""
    from django.db.models import F

    from parindex.database.models import Entry, Figure, ScoreSheet

    measures = sorted(made.measures)
    figures = (
        Figure(unit_id=unit, measure=measure, year=made.year, value=str(10 + (unit * 7 + number) % 90), version=1,
               updated_at=at)
        for unit in ScoreSheet.objects.values_list("unit", flat=True)
        for number, measure in enumerate(measures)
    )  # fmt: skip
    Figure.objects.bulk_create(figures, batch_size=2000)
    entered = Entry.objects.filter(state="unanswered").exclude(position__endswith="3").exclude(position__endswith="8")
    entered.update(state="answered", points="0.5", rule_points="0.5", is_started=True, version=1, updated_at=at)
    done = round(ScoreSheet.objects.values_list("items", flat=True)[0] * 0.8)
    ScoreSheet.objects.update(items_done=done - F("position") % 30, points="40.5", last_act="edited", last_act_at=at)


def _person(username: str, unit: Any, role: Any, at: datetime) -> Any:
    from parindex.database.models import RoleGrant, User

    user = User.objects.create_user(username, None, full_name=username, unit=unit)
    RoleGrant.objects.create(user=user, role=role, unit=unit, granted_at=at)
    return user


def _cookie(user: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _officer(officer: Any, sheet: Any) -> dict[str, Any]:
    """The cookie of an officer, the sheet, and the item that is saved: one whose rule reads figures."""
    from parindex.database.mapping.frozen_sets import frozen_set
    from parindex.database.models import Entry, Figure

    frozen = frozen_set(sheet.group.set_version)
    code, measures = next((code, found) for code, found in frozen.measures_of.items() if found)
    other = Entry.objects.get(sheet__position=UNITS - 1 - sheet.position, item_code=code)
    value = Figure.objects.get(unit=officer.unit, measure=measures[0], year=frozen.year).value
    return {
        "cookie": _cookie(officer), "sheet": sheet.pk, "code": code, "floor_entry": other.pk, "measure": measures[0],
        "value": value,
    }  # fmt: skip


if __name__ == "__main__":
    main()
