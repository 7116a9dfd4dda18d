from django.apps import AppConfig


class ClinicConfig(AppConfig):
    name = "xiangqiao.clinic"
    verbose_name = "远程会诊"
