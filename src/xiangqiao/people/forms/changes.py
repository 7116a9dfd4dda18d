"""Forms of changes: each begins with the present values and ends in a payload."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from xiangqiao.people.models import Membership
from xiangqiao.people.queries.changes import Present
from xiangqiao.people.rules import payloads as said
from xiangqiao.people.rules.kinds import JOINING, LEAVING, Kind
from xiangqiao.people.words import CLOSING, choices, word


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day, with the picker of the browser."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


class ChangeForm(forms.Form):
    """What every change has: why, and where somebody alike is in the register, why it is right all the same."""

    reason = forms.CharField(
        label=_("情况说明"), required=False, max_length=300, help_text=_("例如：凭出生医学证明、户口本登记。")
    )
    confirmed = forms.CharField(
        label=_("不是重复登记的理由"), required=False, max_length=300, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, kind: Kind, present: Present | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.present, self.today = kind, present, today
        self.begin()
        self.order_fields([name for name in self.fields if name not in {"reason", "confirmed"}])

    def begin(self) -> None:
        """Fill choices and present values."""

    def begin_with(self, asked: Mapping[str, Any]) -> None:
        """Show what was asked for before: plain values of the payload under the names of the fields."""
        for name in self.fields:
            said_before = asked.get(
                _IN_PAYLOAD.get((self.kind, name), "because" if name == "reason" else name)
            )
            if said_before not in (None, ""):
                self.initial[name] = said_before

    def payload(self) -> said.Payload:
        """Return what was said."""
        raise TypeError(f"{type(self).__name__} has no payload")

    def ask_for_reason(self) -> None:
        """Show the field in which a possible double is confirmed."""
        self.fields["confirmed"].widget = forms.TextInput()

    def choose(self, name: str, options: list[tuple[str, str]]) -> None:
        """Set the options of a field."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = options

    def members(self, *, heads: bool = True) -> list[tuple[str, str]]:
        """Return the present members as options."""
        found: list[Membership] = self.present.members if self.present else []
        return [
            (str(one.person.public_id), f"{one.person.name}（{word('relation', one.relation)}）")
            for one in found
            if heads or not one.is_head
        ]


class JoiningForm(ChangeForm):
    """A person joins."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    sex = forms.ChoiceField(label=_("性别"))
    birth_on = day_field(_("出生日期"))
    on = day_field(_("入户日期"), required=False)
    relation = forms.ChoiceField(label=_("与户主关系"))
    ethnicity = forms.ChoiceField(label=_("民族"), required=False)
    id_number = forms.CharField(
        label=_("证件号码"), required=False, max_length=18, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("还没有办的可以先不填。"),
    )  # fmt: skip

    def begin(self) -> None:
        """Offer codes; who is born joins on the day of birth."""
        for name in ("sex", "relation", "ethnicity"):
            self.choose(name, choices(name))
        if self.kind == Kind.BIRTH:
            del self.fields["on"]
        else:
            self.fields["on"].required = True
            self.fields["on"].initial = self.today

    def payload(self) -> said.Payload:
        """Return what was said."""
        data = self.cleaned_data
        return said.Joining(
            name=data["name"],
            sex=data["sex"],
            birth_on=data["birth_on"],
            relation=data["relation"],
            on=data.get("on") or data["birth_on"],
            ethnicity=data["ethnicity"],
            id_number=data["id_number"].strip(),
        )


class LeavingForm(ChangeForm):
    """A member leaves."""

    person = forms.ChoiceField(label=_("哪位成员"))
    on = day_field(_("日期"))
    new_head = forms.ChoiceField(
        label=_("接任的户主"), required=False, help_text=_("离开的人是户主时才选；其他人的关系会随着调整。")
    )

    def begin(self) -> None:
        """Offer the members."""
        self.choose("person", [("", "—"), *self.members()])
        self.choose("new_head", [("", "—"), *self.members(heads=False)])
        self.fields["on"].initial = self.today

    def payload(self) -> said.Payload:
        """Return what was said."""
        head = self.cleaned_data["new_head"]
        return said.Leaving(
            UUID(self.cleaned_data["person"]), self.cleaned_data["on"], UUID(head) if head else None
        )


class HeadForm(ChangeForm):
    """Another member is the head."""

    person = forms.ChoiceField(
        label=_("新户主"), help_text=_("其他人与户主的关系会随着调整，办好后请核对一遍。")
    )
    on = day_field(_("从哪天起"))

    def begin(self) -> None:
        """Offer the members who are not the head."""
        self.choose("person", [("", "—"), *self.members(heads=False)])
        self.fields["on"].initial = self.today

    def payload(self) -> said.Payload:
        """Return what was said."""
        return said.NewHead(UUID(self.cleaned_data["person"]), self.cleaned_data["on"])


class PhoneForm(ChangeForm):
    """Another phone."""

    phone = forms.CharField(
        label=_("联系电话"), required=False, max_length=20, widget=forms.TextInput({"type": "tel"})
    )

    def begin(self) -> None:
        """Say which phone is on record, masked."""
        if self.present and self.present.home.phone_mask:
            self.fields["phone"].help_text = _("现在登记的：%(mask)s") % {
                "mask": self.present.home.phone_mask
            }

    def payload(self) -> said.Payload:
        """Return what was said."""
        return said.Phone("".join(self.cleaned_data["phone"].split()))


class BankCardForm(ChangeForm):
    """Another bank card."""

    bank_name = forms.CharField(label=_("开户银行"), required=False, max_length=60)
    bank_card = forms.CharField(
        label=_("银行卡号"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def begin(self) -> None:
        """Begin with the bank on record; the card is shown masked."""
        if self.present:
            self.fields["bank_name"].initial = self.present.home.bank_name
            if self.present.home.bank_card_mask:
                self.fields["bank_card"].help_text = _("现在登记的：%(mask)s") % {
                    "mask": self.present.home.bank_card_mask
                }

    def payload(self) -> said.Payload:
        """Return what was said."""
        return said.BankCard(self.cleaned_data["bank_name"], "".join(self.cleaned_data["bank_card"].split()))


class IdNumberForm(ChangeForm):
    """The right ID number of a member."""

    person = forms.ChoiceField(label=_("哪位成员"))
    id_number = forms.CharField(
        label=_("正确的证件号码"), max_length=18, widget=forms.TextInput({"autocomplete": "off"})
    )

    def begin(self) -> None:
        """Offer the members with their masked numbers."""
        found = self.present.members if self.present else []
        options = [
            (str(m.person.public_id), f"{m.person.name}（{m.person.id_number_mask or '—'}）") for m in found
        ]
        self.choose("person", [("", "—"), *options])

    def payload(self) -> said.Payload:
        """Return what was said."""
        return said.IdNumber(UUID(self.cleaned_data["person"]), self.cleaned_data["id_number"].strip())


class DisabilityForm(ChangeForm):
    """The disability certificate of a member."""

    person = forms.ChoiceField(label=_("哪位成员"))
    disability_no = forms.CharField(
        label=_("残疾证号"),
        required=False,
        max_length=30,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("20 位：身份证号加类别、等级各一位。证已注销的留空。"),
    )

    def begin(self) -> None:
        """Offer the members with their masked certificates."""
        found = self.present.members if self.present else []
        options = [
            (str(m.person.public_id), f"{m.person.name}（{m.person.disability_no_mask or '—'}）")
            for m in found
        ]
        self.choose("person", [("", "—"), *options])

    def payload(self) -> said.Payload:
        """Return what was said."""
        number = "".join(self.cleaned_data["disability_no"].split()).upper()
        return said.Disability(UUID(self.cleaned_data["person"]), number)


class SplitForm(ChangeForm):
    """Some members found a household of their own."""

    members_going = forms.MultipleChoiceField(label=_("分出去的成员"), widget=forms.CheckboxSelectMultiple)
    new_head = forms.ChoiceField(label=_("新户的户主"))
    household_no = forms.CharField(label=_("新户编号"), max_length=30)
    group_name = forms.CharField(
        label=_("村民小组"), max_length=60, required=False, help_text=_("不填：和原户相同")
    )
    on = day_field(_("分户日期"))

    def begin(self) -> None:
        """Offer the members who are not the head."""
        self.choose("members_going", self.members(heads=False))
        self.choose("new_head", [("", "—"), *self.members(heads=False)])
        self.fields["on"].initial = self.today

    def payload(self) -> said.Payload:
        """Return what was said."""
        data = self.cleaned_data
        return said.Split(
            members=tuple(UUID(one) for one in data["members_going"]),
            new_head=UUID(data["new_head"]),
            household_no=data["household_no"].strip(),
            on=data["on"],
            group_name=data["group_name"].strip(),
        )


class MergeForm(ChangeForm):
    """All members go over to another household."""

    into = forms.CharField(
        label=_("并入哪一户（户编号）"), max_length=30, help_text=_("同一个村的在册农户。")
    )
    on = day_field(_("并户日期"))

    def begin(self) -> None:
        """Ask of each member what they are to the other head."""
        self.fields["on"].initial = self.today
        for one in self.present.members if self.present else ():
            self.fields[f"relation_{one.person.public_id}"] = forms.ChoiceField(
                label=_("%(name)s 与那一户户主的关系") % {"name": one.person.name},
                choices=choices("relation"),
            )

    def payload(self) -> said.Payload:
        """Return what was said."""
        prefix = "relation_"
        relations = {k.removeprefix(prefix): v for k, v in self.cleaned_data.items() if k.startswith(prefix)}
        return said.Merge(self.cleaned_data["into"].strip(), self.cleaned_data["on"], relations)


class VillageForm(ChangeForm):
    """A form that asks for a village; the page offers those in range."""

    division_code = forms.ChoiceField(label=_("村"))
    group_name = forms.CharField(label=_("村民小组"), max_length=60, required=False)
    on = day_field(_("日期"))

    def begin(self) -> None:
        """Begin with today."""
        self.fields["on"].initial = self.today


class MoveForm(VillageForm):
    """The whole household moves."""

    def payload(self) -> said.Payload:
        """Return what was said."""
        data = self.cleaned_data
        return said.Move(data["division_code"], data["on"], data["group_name"].strip())


class CloseForm(ChangeForm):
    """The household ends."""

    why = forms.ChoiceField(label=_("销户原因"))
    on = day_field(_("销户日期"))

    def begin(self) -> None:
        """Offer the reasons; a merged household is closed by the merge itself."""
        offered = [(code, str(text)) for code, text in CLOSING.items() if code != "MERGED"]
        self.choose("why", [("", "—"), *offered])
        self.fields["on"].initial = self.today

    def payload(self) -> said.Payload:
        """Return what was said."""
        return said.Close(self.cleaned_data["why"], self.cleaned_data["on"])


class RegisterForm(VillageForm):
    """A new household with its head."""

    household_no = forms.CharField(label=_("户编号"), max_length=30)
    name = forms.CharField(label=_("户主姓名"), max_length=60)
    sex = forms.ChoiceField(label=_("性别"))
    birth_on = day_field(_("出生日期"))
    ethnicity = forms.ChoiceField(label=_("民族"), required=False)
    id_number = forms.CharField(label=_("证件号码"), required=False, max_length=18)
    phone = forms.CharField(label=_("联系电话"), required=False, max_length=20)

    def begin(self) -> None:
        """Offer codes."""
        super().begin()
        for name in ("sex", "ethnicity"):
            self.choose(name, choices(name))

    def payload(self) -> said.Payload:
        """Return what was said."""
        names = [name for name in self.fields if name not in {"reason", "confirmed"}]
        return said.Register(**{name: self.cleaned_data[name] for name in names})


FORMS: Mapping[Kind, type[ChangeForm]] = {
    **dict.fromkeys(sorted(JOINING), JoiningForm),
    **dict.fromkeys(sorted(LEAVING), LeavingForm),
    Kind.HEAD: HeadForm,
    Kind.PHONE: PhoneForm,
    Kind.BANK_CARD: BankCardForm,
    Kind.ID_NUMBER: IdNumberForm,
    Kind.DISABILITY: DisabilityForm,
    Kind.SPLIT: SplitForm,
    Kind.MERGE: MergeForm,
    Kind.HOUSEHOLD_MOVE: MoveForm,
    Kind.CLOSE: CloseForm,
    Kind.REGISTER: RegisterForm,
}
# Where a payload calls a field otherwise than the form.
FIELD_NAMES: Mapping[tuple[Kind, str], str] = {
    (Kind.SPLIT, "members"): "members_going",
    (Kind.CLOSE, "reason"): "why",
}
_IN_PAYLOAD = {(kind, field): name for (kind, name), field in FIELD_NAMES.items()}
