"""Official accounts: added and changed by the service centre."""

from __future__ import annotations

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.record import Act, recording
from xiangqiao.wechat.models import OfficialAccount, seal_value
from xiangqiao.wechat.rules.sealing import key_of


def put_account(
    *, act: Act, name: str, division_code: str, app_id: str, token: str, aes_key: str, secret: str,
    encrypted: bool = True, template_id: str = "",
) -> OfficialAccount:  # fmt: skip
    """Add an official account of a place, or change the one of this app id. Empty secrets leave what was there.

    Raises NotAllowed where the post does not reach, ActionError where a new account lacks a secret or the key is no key.
    """
    permit(act, Can.MANAGE_SERVICES, division_code)
    given = {"token": token.strip(), "aes_key": aes_key.strip(), "secret": secret.strip()}
    if given["aes_key"]:
        try:
            key_of(given["aes_key"])
        except ValueError as error:
            raise ActionError(
                "wechat.aes_key",
                _("EncodingAESKey 应是 43 位字母和数字，请从公众号后台原样复制。"),
                field="aes_key",
            ) from error
    with recording("wechat.account_put", act, division_code=division_code) as record:
        row = OfficialAccount.objects.select_for_update().filter(app_id=app_id).first()
        fresh = row or OfficialAccount(app_id=app_id)
        if row is None and not all(given.values()):
            raise ActionError(
                "wechat.secrets", _("新公众号要填齐 Token、EncodingAESKey 和 AppSecret。"), field="token"
            )
        sealed = {
            f"{key}_sealed": seal_value(fresh, f"{key}_sealed", fresh.public_id, value)
            for key, value in given.items()
            if value
        }
        values = {
            "name": name,
            "division_code": division_code,
            "encrypted": encrypted,
            "template_id": template_id,
        }
        if row is not None:
            if not record.change(row, **values, **sealed) and sealed:  # type: ignore[arg-type]
                OfficialAccount.objects.filter(pk=row.pk).update(**sealed)
            return row
        for key, value in {**values, **sealed}.items():
            setattr(fresh, key, value)
        record.create(fresh)
    return fresh
