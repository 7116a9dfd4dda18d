"""Addresses of commerce."""

from __future__ import annotations

from django.urls import URLPattern, path

from xiangqiao.commerce.pages import (
    beginners,
    counter,
    desk,
    drawer,
    intakes,
    lists,
    lots,
    mine,
    orders,
    park,
    purchases,
    reach,
    stations,
    words,
)
from xiangqiao.commerce.public import shop

app_name = "commerce"
urlpatterns: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("stations/", stations.stations, name="stations"),
    path("stations/<uuid:station_id>/", stations.station, name="station"),
    path("stations/<uuid:station_id>/<slug:step>/", stations.station_step, name="station_step"),
    path("reach/", reach.reach, name="reach"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<uuid:list_id>/", lists.list_, name="list"),
    path("lists/<uuid:list_id>/<slug:step>/", lists.list_step, name="list_step"),
    path("park/", park.park, name="park"),
    path("park/<uuid:tenant_id>/", park.tenant, name="tenant"),
    path("park/<uuid:tenant_id>/<slug:step>/", park.tenant_step, name="tenant_step"),
    path("beginners/", beginners.beginners, name="beginners"),
    path("beginners/<uuid:beginner_id>/", beginners.beginner, name="beginner"),
    path("beginners/<uuid:beginner_id>/<slug:step>/", beginners.beginner_step, name="beginner_step"),
    path("words/", words.words, name="words"),
    path("words/<uuid:publication_id>/", words.decide_words, name="decide_words"),
    path("counter/", counter.counter, name="counter"),
    path("counter/take-in/", intakes.take_in, name="take_in"),
    path("counter/slips/<uuid:intake_id>/", intakes.slip, name="slip"),
    path("counter/buy/", purchases.buy, name="buy"),
    path("counter/purchases/<uuid:purchase_id>/", purchases.purchase, name="purchase"),
    path("counter/purchases/<uuid:purchase_id>/receipt/", purchases.receipt, name="receipt"),
    path("counter/purchases/<uuid:purchase_id>/<slug:step>/", purchases.purchase_step, name="purchase_step"),
    path("counter/collect/", counter.collect, name="collect"),
    path("counter/orders/", orders.orders, name="orders"),
    path("counter/orders/<uuid:order_id>/", orders.order, name="order"),
    path("counter/orders/<uuid:order_id>/<slug:step>/", orders.order_step, name="order_step"),
    path("counter/lots/", lots.lots, name="lots"),
    path("counter/lots/<uuid:lot_id>/", lots.lot, name="lot"),
    path("counter/lots/<uuid:lot_id>/<slug:step>/", lots.lot_step, name="lot_step"),
    path("counter/offers/<uuid:offer_id>/close/", drawer.close_offer, name="close_offer"),
    path("counter/drawer/", drawer.drawer, name="drawer"),
    path("counter/turnover/", drawer.own_turnover, name="turnover"),
    path("counter/consents/", counter.consents, name="consents"),
    path("counter/consents/<uuid:consent_id>/end/", counter.end_consent, name="end_consent"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<slug:step>/", mine.my_step, name="my_step"),
    path("pavilions/", shop.pavilions, name="pavilions"),
    path("pavilions/<slug:slug>/", shop.pavilion, name="pavilion"),
    path("goods/<slug:code>/", shop.product, name="product"),
    path("orders/", shop.look_up, name="look_up"),
    path("orders/<str:token>/", shop.order_placed, name="order_placed"),
]
