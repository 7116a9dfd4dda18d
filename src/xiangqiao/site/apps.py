from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "xiangqiao.site"
    verbose_name = "公开网站"
