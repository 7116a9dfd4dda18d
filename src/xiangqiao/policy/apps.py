from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "xiangqiao.policy"
    verbose_name = "政策与应享"
