from django.apps import AppConfig


class PairingConfig(AppConfig):
    name = "xiangqiao.pairing"
    verbose_name = "结对帮扶"
