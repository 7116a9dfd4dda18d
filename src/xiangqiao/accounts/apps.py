from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "xiangqiao.accounts"
    verbose_name = "账号与权限"

    def ready(self) -> None:
        """Listen to sign-ins."""
        # Models are not loaded before this moment.
        from xiangqiao.accounts.listeners import listen

        listen()
