from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "xiangqiao.places"
    verbose_name = "区划"

    def ready(self) -> None:
        """Tell the floors below what divisions are called."""
        # Models are not loaded before this moment.
        from xiangqiao.kernel.division_names import told_by
        from xiangqiao.places.queries import named

        told_by(named)
