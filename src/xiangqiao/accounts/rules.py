"""Which post carries which act, and which posts one person may not hold together."""

from __future__ import annotations

from enum import StrEnum

from xq_engine.divisions import prefix


class Role(StrEnum):
    """The posts of a county. Level and range come from the division a post is bound to."""

    COUNTY_OFFICE = "COUNTY_OFFICE"
    TOWNSHIP_LEADER = "TOWNSHIP_LEADER"
    TOWNSHIP_CLERK = "TOWNSHIP_CLERK"
    VILLAGE_CLERK = "VILLAGE_CLERK"
    FIRST_SECRETARY = "FIRST_SECRETARY"
    TEAM_MEMBER = "TEAM_MEMBER"
    CADRE = "CADRE"
    DEPARTMENT = "DEPARTMENT"
    AUDITOR = "AUDITOR"
    SYSTEM_ADMIN = "SYSTEM_ADMIN"
    SECURITY_ADMIN = "SECURITY_ADMIN"
    AUDIT_ADMIN = "AUDIT_ADMIN"


class Can(StrEnum):
    """The acts that a post may carry."""

    READ_REGISTER = "register.read"
    REVEAL = "register.reveal"
    REQUEST_CHANGE = "register.change"
    APPROVE_TOWNSHIP = "register.approve_township"
    APPROVE_COUNTY = "register.approve_county"
    IMPORT = "register.import"
    EXPORT = "register.export"
    SETTLE_PROBLEM = "register.settle_problem"
    READ_POLICY = "policy.read"
    SCREEN = "policy.screen"
    READ_PAIRING = "pairing.read"
    RUN_PAIRING = "pairing.run"
    DECIDE_PAIRING = "pairing.decide"
    MANAGE_USERS = "users.manage"
    MANAGE_SYSTEM = "system.manage"
    READ_AUDIT = "audit.read"


_READ = frozenset({Can.READ_REGISTER, Can.READ_POLICY, Can.READ_PAIRING})
_VILLAGE = _READ | {Can.REVEAL, Can.REQUEST_CHANGE, Can.SETTLE_PROBLEM}

# Source: division of duties as in docs/operator.md, "posts"; separation of the three administrators (三员分立) after
# GB/T 22239-2019, 8.1.4.2.
CARRIES: dict[Role, frozenset[Can]] = {
    Role.COUNTY_OFFICE: _VILLAGE
    | {Can.APPROVE_COUNTY, Can.IMPORT, Can.EXPORT, Can.SCREEN, Can.RUN_PAIRING, Can.DECIDE_PAIRING},
    Role.TOWNSHIP_LEADER: _READ | {Can.REVEAL, Can.APPROVE_TOWNSHIP, Can.EXPORT, Can.DECIDE_PAIRING},
    Role.TOWNSHIP_CLERK: _VILLAGE | {Can.IMPORT, Can.EXPORT},
    Role.VILLAGE_CLERK: _VILLAGE,
    Role.FIRST_SECRETARY: _VILLAGE,
    Role.TEAM_MEMBER: _READ | {Can.REQUEST_CHANGE},
    # A cadre sees only the households granted by a pairing: the post itself has no range.
    Role.CADRE: frozenset({Can.READ_REGISTER, Can.READ_POLICY, Can.REQUEST_CHANGE}),
    Role.DEPARTMENT: frozenset({Can.READ_POLICY}),
    Role.AUDITOR: _READ | {Can.READ_AUDIT},
    Role.SYSTEM_ADMIN: frozenset({Can.MANAGE_SYSTEM}),
    Role.SECURITY_ADMIN: frozenset({Can.MANAGE_USERS}),
    Role.AUDIT_ADMIN: frozenset({Can.READ_AUDIT}),
}

# One person may hold at most one of these.
ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)

# Posts whose holders sign in with a second factor.
NEEDS_TOTP = frozenset({Role.COUNTY_OFFICE, *ADMINS, Role.AUDITOR})

# Posts that look at no range of divisions by themselves.
WITHOUT_RANGE = frozenset({Role.CADRE, Role.DEPARTMENT, *ADMINS})

# Posts by the division they are bound to; a village's clerk bound to a county would see the whole county.
OF_A_TOWNSHIP = frozenset({Role.TOWNSHIP_LEADER, Role.TOWNSHIP_CLERK})
OF_A_VILLAGE = frozenset({Role.VILLAGE_CLERK, Role.FIRST_SECRETARY, Role.TEAM_MEMBER})

# Complete numbers that one person may uncover in a day; a clerk's visit list is far below, a copyist far above.
REVEALS_PER_DAY = 40

# Source: RFC 6238, section 5.2: one step back for the way of the message, and one ahead for a slow clock.
TOTP_STEP_SECONDS = 30
TOTP_WINDOW = (-1, 0, 1)

# A password was right, the code is awaited: for so long.
HALF_SIGNED_SECONDS = 300

# Nothing was opened for so long: signed out. Source: GB/T 22239-2019, 8.1.4.1 b).
IDLE_SECONDS = 8 * 3600


def fits(role: Role, division_code: str) -> bool:
    """Return whether a post may be bound to a division: of a county, a township or a village."""
    digits = len(prefix(division_code))
    if role in OF_A_VILLAGE:
        return digits == 12
    return digits == 9 if role in OF_A_TOWNSHIP else digits == 6
