"""Samples of e-commerce for the access matrix: one station, lot, order and so on in each village."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from xiangqiao.accounts.rules import Role
from xiangqiao.kernel import clock
from xiangqiao.kernel.ids import new_id

if TYPE_CHECKING:
    from tests.matrix import World

DAY = date(2016, 1, 1)


def _station(world: World, village: str) -> Any:
    from xiangqiao.commerce.models import Station

    return world.once("commerce.station", village, lambda: Station.objects.create(
        operator="JD", code=village, name="某站", level="VILLAGE", division_code=village, opened_on=DAY,
    ))  # fmt: skip


def _lot(world: World, village: str) -> Any:
    from xiangqiao.commerce.models import Lot

    return world.once("commerce.lot", village, lambda: Lot.objects.create(
        code=f"L{village[-8:]}", division_code=village, station=_station(world, village), product="脐橙", grade="一级",
        opened_on=DAY, taken_grams=9_000, available_grams=9_000,
    ))  # fmt: skip


def _offer(world: World, village: str) -> Any:
    from xiangqiao.commerce.models import Offer, Pavilion

    pavilion, _made = Pavilion.objects.get_or_create(
        slug="ningdu", defaults={"name": "宁都馆", "name_en": "Ningdu", "opened_on": DAY}
    )
    return world.once("commerce.offer", village, lambda: Offer.objects.create(
        code=f"W{village[-8:]}", division_code=village, lot=_lot(world, village), pavilion=pavilion, title="脐橙",
        pack_grams=1_000, price_fen=900, opened_on=DAY,
    ))  # fmt: skip


def _words(world: World, village: str) -> Any:
    from xiangqiao.commerce.actions.offers import _publish
    from xiangqiao.kernel.models import Publication
    from xiangqiao.kernel.record import Act

    offer = _offer(world, village)

    def make() -> Any:
        _publish(Act(by=_Somebody(), at=clock.now()), offer)
        return Publication.objects.get(subject=offer.public_id)

    return world.once("commerce.words", village, make)


class _Somebody:
    public_id, label = new_id(), "某人"


def _order(world: World, village: str) -> Any:
    from xiangqiao.commerce.models import Order

    return world.once("commerce.order", village, lambda: Order.objects.create(
        code=f"D{village[-8:]}", division_code=village, offer=_offer(world, village), lot=_lot(world, village), packs=1,
        grams=1_000, amount_fen=900, payment="ON_DELIVERY", way="SEND", placed_on=DAY, placed_at=clock.now(),
    ))  # fmt: skip


def _intake(world: World, village: str) -> Any:
    from xiangqiao.commerce.models import Intake

    return world.once("commerce.intake", village, lambda: Intake.objects.create(
        slip=f"S{village[-8:]}", station=_station(world, village), lot=_lot(world, village), household=new_id(), name="某户",
        place="某村", division_code=village, grams=1_000, price_fen_per_kg=500, amount_fen=500, on=DAY, at=clock.now(),
    ))  # fmt: skip


def _purchase(world: World, village: str) -> Any:
    from xiangqiao.commerce.models import Purchase

    return world.once("commerce.purchase", village, lambda: Purchase.objects.create(
        receipt=f"B{village[-8:]}", station=_station(world, village), household=new_id(), name="某户", place="某村",
        division_code=village, goods="化肥", price_fen=900, on=DAY, at=clock.now(),
    ))  # fmt: skip


def _consent(world: World, village: str) -> Any:
    from xiangqiao.commerce.models import Consent

    return world.once("commerce.consent", village, lambda: Consent.objects.create(
        station=_station(world, village), household=new_id(), division_code=village, way="PAPER", given_on=DAY
    ))  # fmt: skip


def _tenant(world: World, village: str) -> Any:
    from xiangqiao.commerce.models import Tenant

    return world.once("commerce.tenant", village, lambda: Tenant.objects.create(
        code=village, firm="某商户", space="A1", division_code=village, came_on=DAY
    ))  # fmt: skip


def _beginner(world: World, village: str) -> Any:
    from xiangqiao.commerce.models import Beginner

    return world.once("commerce.beginner", village, lambda: Beginner.objects.create(
        household=new_id(), name="某人", shop_name="某店", division_code=village, since=DAY
    ))  # fmt: skip


def _list(world: World, village: str) -> Any:
    from xiangqiao.commerce.models import ImportedList

    return world.once("commerce.list", village, lambda: ImportedList.objects.create(
        division_code=village, kind="JD", file_name="a.csv", sha256="0" * 64, started_label="某人", started_at=clock.now()
    ))  # fmt: skip


def _at(
    name: str, make: Callable[[World, str], Any], **more: str
) -> Callable[[World, str], Mapping[str, Any]]:
    return lambda world, village: {name: make(world, village).public_id, **more}


def samples(sample: Callable[..., Any]) -> dict[str, Any]:
    """Return the samples, made by the matrix's own type."""
    plain = ("desk", "stations", "reach", "lists", "park", "beginners", "words", "counter", "take_in", "buy", "collect",
             "orders", "lots", "drawer", "turnover", "consents", "mine", "pavilions", "look_up")  # fmt: skip
    found: dict[str, Any] = {f"commerce:{name}": sample() for name in plain}
    things: dict[str, tuple[str, Callable[[World, str], Any], str]] = {
        "station": ("station_id", _station, "close"), "list": ("list_id", _list, "discard"),
        "tenant": ("tenant_id", _tenant, "leave"), "beginner": ("beginner_id", _beginner, "space"),
        "purchase": ("purchase_id", _purchase, "paid"), "order": ("order_id", _order, "cancel"),
        "lot": ("lot_id", _lot, "settle"),
    }  # fmt: skip
    for name, (key, make, step) in things.items():
        found[f"commerce:{name}"] = sample(_at(key, make), scoped=True)
        found[f"commerce:{name}_step"] = sample(_at(key, make, step=step), scoped=True, method="post")
    return found | {
        "commerce:slip": sample(_at("intake_id", _intake), scoped=True),
        "commerce:receipt": sample(_at("purchase_id", _purchase), scoped=True),
        "commerce:decide_words": sample(_at("publication_id", _words), scoped=True, method="post"),
        "commerce:close_offer": sample(_at("offer_id", _offer), scoped=True, method="post"),
        "commerce:end_consent": sample(_at("consent_id", _consent), scoped=True),
        "commerce:my_step": sample(
            lambda _world, _village: {"step": "loan"}, method="post", only=frozenset[Role]()
        ),
        "commerce:pavilion": sample(_at_pavilion),
        "commerce:product": sample(_at_goods),
        "commerce:order_placed": sample(lambda _world, _village: {"token": "no-pass"}),
    }


def _at_pavilion(world: World, village: str) -> Mapping[str, Any]:
    _offer(world, village)
    return {"slug": "ningdu"}


def _at_goods(world: World, village: str) -> Mapping[str, Any]:
    from xiangqiao.kernel.models import Publication

    words = _words(world, village)
    Publication.objects.filter(pk=words.pk).update(state="APPROVED", approved_at=clock.now())
    return {"code": _offer(world, village).code}
