"""The data of the web bench: 3,321 units with a sheet each in one open cycle, ``python -m bench.web_data PLAN.json``.

The criteria set is the one that ships for the districts of 2024. Units, figures and what is entered are invented. The
cycle is made by the use cases of the application; accounts log in by sessions that are made here. What the clients need
to know is written into the plan.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.web_settings")

UNITS = 3321
#: Clients that write at the same time, each an officer of a unit of its own.
WRITERS = 4
SET = "dien-bien-2024-districts"
SINCE = date(2004, 1, 1)


def main() -> None:
    """Migrate, load, write the plan."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    from bench.web_appraisal_data import load_appraised

    at = datetime.now(tz=UTC)
    Path(sys.argv[1]).write_text(json.dumps({**load(at), **load_appraised(at)}), encoding="utf-8")


def load(at: datetime) -> dict[str, Any]:
    """Everything; what the clients need."""
    from parindex.database.models import CriteriaSet, CriteriaSetVersion, ScoreSheet, Unit, UnitVersion
    from parindex.documents.criteria_sets.criteria_set_file import dump_criteria_set, fingerprint, load_criteria_set
    from parindex.documents.criteria_sets.shipped import shipped_set_path
    from parindex.domain.review.roles import Role

    province = Unit.objects.create(code="tinh")
    UnitVersion.objects.create(unit=province, name="UBND tỉnh", kind="province", path="tinh", valid_from=SINCE)
    units = add_units(province, "xa", UNITS)
    office = person("co-quan-thuong-truc", province, Role.STANDING_OFFICE, at)
    path = shipped_set_path(SET)
    assert path is not None
    made = load_criteria_set(path)
    version = CriteriaSetVersion.objects.create(
        criteria_set=CriteriaSet.objects.create(owner=province, code=made.id), number=1, state="frozen",
        title=made.title, year=made.year, content=dump_criteria_set(made), fingerprint=fingerprint(made),
        created_by=office, created_at=at, frozen_by=office, frozen_at=at,
    )  # fmt: skip
    cycle = open_one(version, office, units, "Kỳ đo", at)
    _fill(cycle, at)
    officers = [person(f"can-bo-{number}", units[number], Role.UNIT_OFFICER, at) for number in range(WRITERS)]
    sheets = [ScoreSheet.objects.get(unit=officer.unit) for officer in officers]
    return {
        "cycle": cycle.pk,
        "office": cookie_of(office),
        "officers": [_officer(officer, sheet) for officer, sheet in zip(officers, sheets, strict=True)],
        "items": sheets[0].entries.count(),
    }


def add_units(province: Any, prefix: str, count: int) -> list[Any]:
    """Districts of the province with codes ``prefix-0000`` …"""
    from parindex.database.models import Unit, UnitVersion

    units = Unit.objects.bulk_create([Unit(code=f"{prefix}-{number:04d}") for number in range(count)])
    UnitVersion.objects.bulk_create(
        [
            UnitVersion(
                unit=unit, name=f"{prefix.capitalize()} số {number + 1}", kind="district", parent=province,
                path=f"tinh/{unit.code}", valid_from=SINCE,
            )
            for number, unit in enumerate(units)
        ],
        batch_size=500,
    )  # fmt: skip
    return units


def open_one(version: Any, office: Any, units: Sequence[Any], title: str, at: datetime) -> Any:
    """An open cycle of some units, made by the use cases."""
    from parindex.database.models import Cycle, Phase
    from parindex.usecases.actors import session_of
    from parindex.usecases.cycles import NewGroup, add_group, open_cycle

    cycle = Cycle.objects.create(
        owner=office.unit, owner_path="tinh", title=title, year=version.year, created_by=office, created_at=at
    )
    Phase.objects.create(
        cycle=cycle, kind="self_scoring", title="Tự đánh giá", starts_at=at - timedelta(days=10),
        ends_at=at + timedelta(days=10),
    )  # fmt: skip
    acting = session_of(office, at)
    group = NewGroup("districts", "Cấp huyện", version.pk, tuple(unit.pk for unit in units))
    add_group(by=acting, at=at, cycle_id=cycle.pk, group=group)
    return open_cycle(by=acting, at=at, cycle_id=cycle.pk)


def _fill(cycle: Any, at: datetime) -> None:
    """Figures of every measure and unit, four of five items entered, sums to match."""
    from django.db.models import F

    from bench.web_appraisal_data import add_figures
    from parindex.database.models import Entry, ScoreSheet

    add_figures(cycle, at)
    entered = Entry.objects.filter(state="unanswered").exclude(position__endswith="3").exclude(position__endswith="8")
    entered.update(state="answered", points="0.5", rule_points="0.5", is_started=True, version=1, updated_at=at)
    done = round(ScoreSheet.objects.values_list("items", flat=True)[0] * 0.8)
    ScoreSheet.objects.update(items_done=done - F("position") % 30, points="40.5", last_act="edited", last_act_at=at)


def person(username: str, unit: Any, role: Any, at: datetime) -> Any:
    """An account with a role at its unit; "" for none."""
    from parindex.database.models import RoleGrant, User

    user = User.objects.create_user(username, None, full_name=username, unit=unit)
    if role:
        RoleGrant.objects.create(user=user, role=role, unit=unit, granted_at=at)
    return user


def cookie_of(user: Any) -> str:
    """A login."""
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
        "cookie": cookie_of(officer), "sheet": sheet.pk, "code": code, "floor_entry": other.pk, "measure": measures[0],
        "value": value,
    }  # fmt: skip


if __name__ == "__main__":
    main()
