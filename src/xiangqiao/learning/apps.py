from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "xiangqiao.learning"
    verbose_name = "网络扶智"
