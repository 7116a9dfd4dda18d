from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "xiangqiao.coverage"
    verbose_name = "网络覆盖"
