from django.apps import AppConfig


class PairingConfig(AppConfig):
    """Units, cadres, and who answers for which household."""

    name = "xiangqiao.pairing"
    verbose_name = "结对帮扶"

    def ready(self) -> None:
        """Listen to the register."""
        from xiangqiao.kernel.bus import subscribe
        from xiangqiao.pairing import listeners  # models are ready only now
        from xiangqiao.people.events import BatchUndone, HouseholdsToWithdraw, UnitsAndCadresRead

        subscribe(UnitsAndCadresRead, listeners.units_and_cadres_read)
        subscribe(BatchUndone, listeners.batch_undone)
        subscribe(HouseholdsToWithdraw, listeners.households_to_withdraw)
