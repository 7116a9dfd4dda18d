from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "xiangqiao.people"
    verbose_name = "农户台账"
