from django.apps import AppConfig


class WechatConfig(AppConfig):
    name = "xiangqiao.wechat"
    verbose_name = "微信"
