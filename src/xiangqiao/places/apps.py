from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "xiangqiao.places"
    verbose_name = "区划"
