from django.apps import AppConfig


class GivingConfig(AppConfig):
    name = "xiangqiao.giving"
    verbose_name = "网络公益"
