from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "xiangqiao.services"
    verbose_name = "信息服务"
