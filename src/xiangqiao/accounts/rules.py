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
    STATION_KEEPER = "STATION_KEEPER"
    TEACHER = "TEACHER"
    VILLAGE_DOCTOR = "VILLAGE_DOCTOR"
    HOSPITAL_DOCTOR = "HOSPITAL_DOCTOR"
    VOLUNTEER = "VOLUNTEER"
    COMMERCE_OFFICE = "COMMERCE_OFFICE"
    NETWORK_OFFICE = "NETWORK_OFFICE"
    EDUCATION_OFFICE = "EDUCATION_OFFICE"
    HEALTH_OFFICE = "HEALTH_OFFICE"
    SERVICE_OFFICE = "SERVICE_OFFICE"
    GIVING_OFFICE = "GIVING_OFFICE"
    MEMBER = "MEMBER"


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
    READ_JOURNAL = "journal.read"
    LOG_VISIT = "journal.log"
    OWN_HOUSEHOLD = "household.own"
    TAKE_PART = "member.take_part"
    APPROVE_PUBLICATION = "publication.approve"
    KEEP_STATION = "station.keep"
    READ_COVERAGE = "coverage.read"
    MANAGE_COVERAGE = "coverage.manage"
    REPORT_SIGNAL = "coverage.report"
    READ_COMMERCE = "commerce.read"
    MANAGE_COMMERCE = "commerce.manage"
    READ_LEARNING = "learning.read"
    TEACH = "learning.teach"
    MANAGE_LEARNING = "learning.manage"
    READ_SERVICES = "services.read"
    ANSWER = "services.answer"
    MANAGE_SERVICES = "services.manage"
    TREAT = "clinic.treat"
    CONSULT = "clinic.consult"
    MANAGE_CLINIC = "clinic.manage"
    READ_GIVING = "giving.read"
    RAISE_APPEAL = "giving.raise"
    VERIFY_APPEAL = "giving.verify"
    MANAGE_GIVING = "giving.manage"


_PROGRAMMES = frozenset(
    {Can.READ_COVERAGE, Can.READ_COMMERCE, Can.READ_LEARNING, Can.READ_SERVICES, Can.READ_GIVING}
)
_READ = _PROGRAMMES | {Can.READ_REGISTER, Can.READ_POLICY, Can.READ_PAIRING, Can.READ_JOURNAL}
_HELP = frozenset({Can.LOG_VISIT, Can.REQUEST_CHANGE, Can.REPORT_SIGNAL, Can.RAISE_APPEAL})
_VILLAGE = _READ | _HELP | {Can.REVEAL, Can.SETTLE_PROBLEM, Can.VERIFY_APPEAL, Can.ANSWER}
_TEACHING = frozenset({Can.READ_LEARNING, Can.TEACH})

# Source: division of duties as in docs/operator.md, "posts"; separation of the three administrators (三员分立) after
# GB/T 22239-2019, 8.1.4.2.
CARRIES: dict[Role, frozenset[Can]] = {
    Role.COUNTY_OFFICE: _VILLAGE
    | {Can.APPROVE_COUNTY, Can.IMPORT, Can.EXPORT, Can.SCREEN, Can.RUN_PAIRING, Can.DECIDE_PAIRING}
    | {Can.APPROVE_PUBLICATION, Can.MANAGE_SERVICES},
    Role.TOWNSHIP_LEADER: _READ
    | {Can.REVEAL, Can.APPROVE_TOWNSHIP, Can.EXPORT, Can.DECIDE_PAIRING, Can.APPROVE_PUBLICATION},
    Role.TOWNSHIP_CLERK: _VILLAGE | {Can.IMPORT, Can.EXPORT},
    Role.VILLAGE_CLERK: _VILLAGE,
    Role.FIRST_SECRETARY: _VILLAGE,
    Role.TEAM_MEMBER: _READ | _HELP,
    # A cadre sees only the households granted by a pairing: the post itself has no range.
    Role.CADRE: _HELP | {Can.READ_REGISTER, Can.READ_POLICY, Can.READ_JOURNAL},
    Role.DEPARTMENT: frozenset({Can.READ_POLICY, Can.READ_SERVICES, Can.ANSWER}),
    Role.AUDITOR: _READ | {Can.READ_AUDIT},
    Role.SYSTEM_ADMIN: frozenset({Can.MANAGE_SYSTEM}),
    Role.SECURITY_ADMIN: frozenset({Can.MANAGE_USERS}),
    Role.AUDIT_ADMIN: frozenset({Can.READ_AUDIT}),
    # The keeper serves who comes to the counter; a household's page opens by consent, that is a grant.
    Role.STATION_KEEPER: frozenset(
        {Can.KEEP_STATION, Can.READ_COMMERCE, Can.READ_SERVICES, Can.REPORT_SIGNAL, Can.RAISE_APPEAL}
    ),
    Role.TEACHER: _TEACHING,
    Role.VILLAGE_DOCTOR: frozenset({Can.TREAT}),
    Role.HOSPITAL_DOCTOR: frozenset({Can.CONSULT}),
    Role.VOLUNTEER: frozenset({Can.READ_GIVING, Can.RAISE_APPEAL, Can.VERIFY_APPEAL}),
    Role.COMMERCE_OFFICE: frozenset({Can.READ_COMMERCE, Can.MANAGE_COMMERCE, Can.ANSWER, Can.READ_SERVICES}),
    Role.NETWORK_OFFICE: frozenset({Can.READ_COVERAGE, Can.MANAGE_COVERAGE, Can.ANSWER, Can.READ_SERVICES}),
    Role.EDUCATION_OFFICE: _TEACHING | {Can.MANAGE_LEARNING, Can.ANSWER, Can.READ_SERVICES},
    # Totals and campaigns; health records stay with the doctors.
    Role.HEALTH_OFFICE: frozenset({Can.MANAGE_CLINIC, Can.ANSWER, Can.READ_SERVICES}),
    Role.SERVICE_OFFICE: frozenset(
        {Can.READ_SERVICES, Can.ANSWER, Can.MANAGE_SERVICES, Can.APPROVE_PUBLICATION}
    ),
    Role.GIVING_OFFICE: frozenset({Can.READ_GIVING, Can.MANAGE_GIVING, Can.ANSWER, Can.READ_SERVICES}),
    # Whoever registers: villager, buyer, donor. The own household opens by a grant.
    Role.MEMBER: frozenset({Can.TAKE_PART, Can.OWN_HOUSEHOLD, Can.REPORT_SIGNAL}),
}

# One person may hold at most one of these.
ADMINS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)

# Posts whose holders sign in with a second factor.
NEEDS_TOTP = frozenset({Role.COUNTY_OFFICE, *ADMINS, Role.AUDITOR})

# Posts that look at no range of divisions by themselves.
WITHOUT_RANGE = frozenset({Role.CADRE, Role.DEPARTMENT, Role.HOSPITAL_DOCTOR, Role.MEMBER, *ADMINS})

# Posts by the division they are bound to; a village's clerk bound to a county would see the whole county.
OF_A_TOWNSHIP = frozenset({Role.TOWNSHIP_LEADER, Role.TOWNSHIP_CLERK})
OF_A_VILLAGE = frozenset(
    {Role.VILLAGE_CLERK, Role.FIRST_SECRETARY, Role.TEAM_MEMBER}
    | {Role.STATION_KEEPER, Role.TEACHER, Role.VILLAGE_DOCTOR}
)

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
