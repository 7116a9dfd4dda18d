from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "xiangqiao.kernel"
    verbose_name = "内核"
