from django.apps import AppConfig


class CommerceConfig(AppConfig):
    name = "xiangqiao.commerce"
    verbose_name = "农村电商"
