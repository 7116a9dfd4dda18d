from django.apps import AppConfig


class PairingConfig(AppConfig):
    """Units, cadres, and who answers for which household."""

    name = "xiangqiao.pairing"
    verbose_name = "结对帮扶"

    def ready(self) -> None:
        """Listen to the register."""
        from xiangqiao.kernel.bus import subscribe
        from xiangqiao.pairing import listeners  # models are ready only now
        from xiangqiao.people import events

        subscribe(events.UnitsAndCadresRead, listeners.units_and_cadres_read)
        subscribe(events.BatchUndone, listeners.batch_undone)
        subscribe(events.HouseholdsToWithdraw, listeners.households_to_withdraw)
        subscribe(events.HouseholdsWithdrawn, listeners.households_withdrawn)
        subscribe(events.HouseholdClosed, listeners.household_closed)
        subscribe(events.HouseholdMoved, listeners.household_moved)
        subscribe(events.ChangeUndone, listeners.change_undone)
