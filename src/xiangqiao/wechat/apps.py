from django.apps import AppConfig


class WechatConfig(AppConfig):
    """Official accounts: questions come in, answers go out."""

    name = "xiangqiao.wechat"
    verbose_name = "微信"

    def ready(self) -> None:
        """Listen to the services, and declare the job that sends."""
        from xiangqiao.kernel.bus import subscribe
        from xiangqiao.services import events
        from xiangqiao.wechat import listeners, tasks  # noqa: F401 - models are ready only now; tasks declares the job

        subscribe(events.QuestionAnswered, listeners.answered)
        subscribe(events.QuestionRefused, listeners.refused)
