from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "xiangqiao.desk"
    verbose_name = "办公台"
