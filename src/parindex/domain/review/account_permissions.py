"""Who keeps which units and accounts, and who gives which role.

``offices`` are the paths of the units that have a standing office of their own: such a unit keeps its own people,
and no standing office above it reaches in, unless its own role names the units below.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from parindex.domain.review.refusal import Refusal, refusal
from parindex.domain.review.roles import Actor, Grant, Role
from parindex.domain.units.paths import is_within


def check_can_manage_units(actor: Actor, path: str, *, offices: Collection[str]) -> None:
    """The unit at ``path`` is kept by administrators and by the standing office of the owner above it.

    An office keeps neither the unit that it works for nor what stands below another owner with an office: that owner
    itself it keeps, because who is below whom is decided from above.
    """
    if Role.ADMINISTRATOR in actor.roles:
        return
    above = _offices_above(actor, path)
    if all(grant.path == path for grant in above):
        raise Refusal("own_owner_unit")
    if all(any(one != path and is_within(path, one) for one in offices_below(grant, offices)) for grant in above):
        raise Refusal("unit_of_other_office")


def check_can_put_units_below(actor: Actor, path: str, *, offices: Collection[str]) -> None:
    """Units are put below the one at ``path`` by administrators and by the standing office that keeps what is there."""
    if Role.ADMINISTRATOR in actor.roles:
        return
    if not any(_keeps(grant, path, offices) for grant in _offices_above(actor, path)):
        raise Refusal("unit_of_other_office")


def _offices_above(actor: Actor, path: str) -> list[Grant]:
    """The roles by which somebody is the standing office of the unit at ``path`` or of one above it."""
    found = [grant for grant in actor.grants if grant.role is Role.STANDING_OFFICE and is_within(path, grant.path)]
    if not found:
        raise Refusal("only_standing_office_units")
    return found


def check_can_manage_accounts(actor: Actor, path: str, *, offices: Collection[str]) -> None:
    """Accounts are kept by administrators, by the standing office for the units below, by leaders for their own."""
    if not any(_keeps(grant, path, offices) for grant in actor.grants):
        raise Refusal("accounts_of_other_unit")


def offices_below(grant: Grant, offices: Collection[str]) -> list[str]:
    """The units that a standing office leaves to their own: below it, with an office, and not named by its role."""
    if grant.subtree:
        return []
    return sorted(one for one in offices if one != grant.path and is_within(one, grant.path))


def _keeps(grant: Grant, path: str, offices: Collection[str]) -> bool:
    if grant.role is Role.STANDING_OFFICE:
        left = offices_below(grant, offices)
        return is_within(path, grant.path) and not any(is_within(path, one) for one in left)
    return grant.role is Role.ADMINISTRATOR or (grant.role is Role.UNIT_LEADER and grant.reaches(path))


#: Whom each role may make; a unit leader makes officers and survey staff, never somebody above.
MAY_GRANT: dict[Role, frozenset[Role]] = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.STANDING_OFFICE: frozenset(Role) - {Role.ADMINISTRATOR},
    Role.UNIT_LEADER: frozenset({Role.UNIT_OFFICER, Role.UNIT_LEADER, Role.SURVEY_STAFF}),
}


def check_can_grant(
    actor: Actor,
    role: Role,
    path: str,
    *,
    offices: Collection[str],
    subtree: bool = False,
    cycle: int | None = None,
    places: Collection[str] = (),
) -> None:
    """Nobody gives a role that reaches further than their own; ``cycle`` is the one that the role is limited to,
    ``subtree`` says that it names the units below as well.

    ``places`` are the units that the person works for. What concerns the office's own unit is decided by the chair, so
    a standing office makes nobody of that unit chair; where the owner itself employs both, there is no other unit.
    """
    check_can_manage_accounts(actor, path, offices=offices)
    if Role.ADMINISTRATOR in actor.roles:
        return
    giving = [
        grant
        for grant in actor.grants
        if role in MAY_GRANT.get(grant.role, ()) and _keeps(grant, path, offices) and grant.cycle in (None, cycle)
    ]
    if not giving:
        raise Refusal("role_above_own", role=role)
    if subtree and not any(grant.subtree for grant in giving):
        raise Refusal("subtree_above_own", role=role)
    own = actor.path and not is_within(path, actor.path)
    if role is Role.CHAIR and own and any(is_within(place, actor.path) for place in places):
        raise Refusal("chair_of_own_unit")


def check_can_manage_person(actor: Actor, path: str, grants: Iterable[Grant], *, offices: Collection[str]) -> None:
    """An account of the unit at ``path`` is kept by who could give every role that it holds."""
    check_can_manage_accounts(actor, path, offices=offices)
    for grant in grants:
        if refusal(
            check_can_grant, actor, grant.role, grant.path, offices=offices, subtree=grant.subtree, cycle=grant.cycle
        ):
            raise Refusal("account_above_own", role=grant.role)


def check_can_reset_login(actor: Actor, path: str, grants: Iterable[Grant], *, offices: Collection[str]) -> None:
    """A way into an account that is in use is given anew by administrators and by leaders of the person's own unit,
    never by a standing office: it judges units, and must not be able to sign in the name of their people.
    """
    held = tuple(grants)
    check_can_manage_person(actor, path, held, offices=offices)
    own = tuple(grant for grant in actor.grants if grant.role is not Role.STANDING_OFFICE)
    if refusal(check_can_manage_person, replace(actor, grants=own), path, held, offices=offices):
        raise Refusal("login_by_own_unit")


def check_can_see_person(actor: Actor, path: str, grants: Iterable[Grant], *, offices: Collection[str]) -> None:
    """An account is seen by who keeps accounts of its unit or of a unit where it holds a role."""
    places = (path, *(grant.path for grant in grants))
    if all(refusal(check_can_manage_accounts, actor, place, offices=offices) for place in places):
        raise Refusal("accounts_of_other_unit")
