"""Writes of the WeChat channel."""

from xiangqiao.wechat.actions.accounts import put_account
from xiangqiao.wechat.actions.receive import receive
from xiangqiao.wechat.actions.send import send_waiting, want_sent

__all__ = ["put_account", "receive", "send_waiting", "want_sent"]
