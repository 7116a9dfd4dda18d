"""Shapes of input of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from xiangqiao.journal.actions import FactChange, Promised
from xiangqiao.journal.models import Consent, Reply, Technique, Visit
from xiangqiao.journal.rules.deeds import TEXT_MOST, USUAL
from xiangqiao.journal.rules.promises import OFFERED_DAYS
from xiangqiao.journal.words import DEED_WORDS
from xiangqiao.kernel.clock import LOCAL
from xiangqiao.people.rules.kinds import Kind
from xiangqiao.people.rules.payloads import BankCard, Phone

Choices = Sequence[tuple[str, Any]]
TRADES = Technique.Trade.choices
# What a household may say against a line.
DISPUTING = [(code, label) for code, label in Reply.Choice.choices if code != Reply.Choice.AGREE]
PHOTO_TYPES = "image/jpeg,image/png,image/webp"


class DeedForm(forms.Form):
    """What was done, in taps; the rest may stay empty."""

    done = forms.MultipleChoiceField(
        label=_("做了什么"), required=False, choices=[(code, DEED_WORDS[code]) for code in (*USUAL, "OTHER")]
    )
    text = forms.CharField(
        label=_("再写几句"), required=False, max_length=TEXT_MOST, widget=forms.Textarea({"rows": 3})
    )
    photo = forms.FileField(
        label=_("照片"),
        required=False,
        help_text=_("可以不拍。照片里的位置信息会去掉。"),
        widget=forms.ClearableFileInput({"accept": PHOTO_TYPES}),
    )

    def photo_bytes(self) -> bytes | None:
        """Return the photo as it was sent."""
        sent = self.cleaned_data.get("photo")
        return sent.read() if sent else None


class LogForm(DeedForm):
    """A visit: what was done, which promises it kept, what is promised, which facts changed."""

    kept = forms.MultipleChoiceField(label=_("兑现的承诺"), required=False)
    policies = forms.MultipleChoiceField(label=_("讲了哪项政策"), required=False)
    mode = forms.ChoiceField(label=_("方式"), choices=Visit.Mode.choices, initial=Visit.Mode.VISIT)
    on = forms.DateField(label=_("哪一天"), required=False, widget=forms.DateInput({"type": "date"}))
    promise = forms.CharField(label=_("答应办什么"), required=False, max_length=200)
    due = forms.TypedChoiceField(
        label=_("多久办到"),
        required=False,
        coerce=int,
        initial=OFFERED_DAYS[1],
        choices=[
            (days, ngettext_lazy("%(n)d 天内", "%(n)d 天内", days) % {"n": days}) for days in OFFERED_DAYS
        ],
    )
    phone = forms.CharField(
        label=_("新的联系电话"), required=False, max_length=20, widget=forms.TextInput({"inputmode": "tel"})
    )
    bank_name = forms.CharField(label=_("新的开户银行"), required=False, max_length=60)
    bank_card = forms.CharField(
        label=_("新的银行卡号"),
        required=False,
        max_length=30,
        help_text=_("银行卡要乡镇审批后才生效。"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, promises: Choices, policies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, options in (("kept", promises), ("policies", policies)):
            field = self.fields[name]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = list(options)
        self._policies = dict(policies)

    def words(self) -> str:
        """Return the text, begun with the policies that were explained."""
        named = gettext("、").join(str(self._policies[one]) for one in self.cleaned_data["policies"])
        return gettext("；").join(part for part in (named, self.cleaned_data["text"].strip()) if part)

    def deeds(self) -> list[str]:
        """Return what was done; explaining a policy is one of the deeds."""
        done: list[str] = self.cleaned_data["done"]
        return [*done, "POLICY"] if self.cleaned_data["policies"] else done

    def moment(self, now: datetime) -> datetime:
        """Return when the visit was: now, or noon of an earlier day."""
        day = self.cleaned_data.get("on")
        if day is None or day == now.astimezone(LOCAL).date():
            return now
        return datetime.combine(day, time(12), LOCAL)

    def promised(self, today: date) -> list[Promised]:
        """Return what is promised."""
        what = self.cleaned_data["promise"].strip()
        return (
            [Promised(what, today + timedelta(days=self.cleaned_data["due"] or OFFERED_DAYS[1]))]
            if what
            else []
        )

    def changes(self) -> list[FactChange]:
        """Return the facts that changed."""
        found: list[FactChange] = []
        if phone := self.cleaned_data["phone"].strip():
            found.append(FactChange(Kind.PHONE, Phone(phone)))
        if card := self.cleaned_data["bank_card"].strip():
            found.append(FactChange(Kind.BANK_CARD, BankCard(self.cleaned_data["bank_name"].strip(), card)))
        return found


class AmendForm(DeedForm):
    """A correction of one's own visit."""

    reason = forms.CharField(label=_("为什么更正"), max_length=200)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class DropForm(forms.Form):
    """A promise is not followed any more."""

    reason = forms.CharField(label=_("为什么不办了"), max_length=200)


class CodeForm(forms.Form):
    """A one-time code, as it was read out."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=40,
        help_text=_("8 位数字，向帮扶干部或村干部要，15 分钟内有效，只能用一次。"),
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class LinkForm(CodeForm):
    """The door and its code, typed by a registered person."""

    token = forms.CharField(
        label=_("户页号"), max_length=40, help_text=_("印在二维码下面，10 个字母和数字。")
    )
    field_order = ("token", "code")


class ReplyForm(forms.Form):
    """What the household says to a line."""

    kind = forms.CharField(max_length=10)
    subject = forms.CharField(max_length=60)
    choice = forms.ChoiceField(label=_("您觉得"), choices=Reply.Choice.choices)
    text = forms.CharField(label=_("说一说"), required=False, max_length=500)


class AnswerForm(forms.Form):
    """How it was, said to the household."""

    text = forms.CharField(label=_("答复"), max_length=500, widget=forms.Textarea({"rows": 3}))


class SettleForm(forms.Form):
    """How a dispute ends."""

    outcome = forms.ChoiceField(label=_("核实结果"), choices=Reply.Outcome.choices)
    text = forms.CharField(
        label=_("怎么核实的，怎么办的"), max_length=500, widget=forms.Textarea({"rows": 3})
    )


class ConsentForm(forms.Form):
    """A household's consent, written down by who reaches it."""

    keeper = forms.ChoiceField(label=_("站长"))
    scope = forms.ChoiceField(label=_("可以做什么"), choices=Consent.Scope.choices)
    given = forms.ChoiceField(
        label=_("怎么同意的"),
        choices=[(code, label) for code, label in Consent.Given.choices if code != Consent.Given.OWN_PAGE],
    )
    witness = forms.CharField(
        label=_("见证人"),
        required=False,
        max_length=60,
        help_text=_("当面同意的要写见证人，不能是站长本人。"),
    )
    valid_to = forms.DateField(
        label=_("到哪天为止"),
        required=False,
        help_text=_("不填就是一年。"),
        widget=forms.DateInput({"type": "date"}),
    )

    def __init__(self, *args: Any, keepers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["keeper"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(keepers)


class TechniqueForm(forms.Form):
    """A technique text before a second person has read it."""

    title = forms.CharField(label=_("标题"), max_length=60)
    title_en = forms.CharField(label=_("英文标题"), required=False, max_length=120)
    slug = forms.SlugField(
        label=_("网址名"), max_length=60, help_text=_("小写字母、数字和短横，例如 orange-frost。")
    )
    trade = forms.ChoiceField(label=_("类别"), choices=Technique.Trade.choices)
    months = forms.TypedMultipleChoiceField(
        label=_("哪几个月用"),
        required=False,
        coerce=int,
        choices=[(month, str(month)) for month in range(1, 13)],
        widget=forms.CheckboxSelectMultiple,
    )
    region = forms.CharField(label=_("适用地区"), required=False, max_length=60)
    summary = forms.CharField(label=_("一句话"), max_length=200)
    summary_en = forms.CharField(label=_("英文一句话"), required=False, max_length=300)
    body = forms.CharField(
        label=_("正文"), widget=forms.Textarea({"rows": 12}), help_text=_("一段一行，空一行分段。")
    )
    source = forms.CharField(label=_("来源"), max_length=200)
    licence = forms.CharField(label=_("许可"), max_length=60, initial="CC0-1.0")
