from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "xiangqiao.journal"
    verbose_name = "帮扶日志"

    def ready(self) -> None:
        """Hear what happens to households."""
        from xiangqiao.journal import listeners
        from xiangqiao.kernel.bus import subscribe
        from xiangqiao.people import events

        subscribe(events.HouseholdMoved, listeners.household_moved)
        subscribe(events.ChangeUndone, listeners.change_undone)
        subscribe(events.HouseholdClosed, listeners.household_closed)
        subscribe(events.HouseholdsToWithdraw, listeners.households_to_withdraw)
