from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Policies, what screenings found, and what households made of it."""

    name = "xiangqiao.policy"
    verbose_name = "政策与应享"

    def ready(self) -> None:
        """Listen to the register."""
        from xiangqiao.kernel.bus import subscribe
        from xiangqiao.people import events
        from xiangqiao.policy import listeners  # models are ready only now

        subscribe(events.MemberLeft, listeners.member_left)
        subscribe(events.HouseholdClosed, listeners.household_closed)
        subscribe(events.HouseholdMoved, listeners.household_has_moved)
        subscribe(events.ChangeUndone, listeners.change_undone)
        subscribe(events.HouseholdsToWithdraw, listeners.households_to_withdraw)
        subscribe(events.HouseholdsWithdrawn, listeners.households_withdrawn)
