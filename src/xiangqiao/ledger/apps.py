from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "xiangqiao.ledger"
    verbose_name = "账本"
