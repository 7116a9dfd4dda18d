from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "xiangqiao.journal"
    verbose_name = "帮扶日志"
