"""Addresses of giving."""

from __future__ import annotations

from django.urls import path

from xiangqiao.giving.pages import appeals, approvals, board, follow, gifts, initiatives, posters

app_name = "giving"
urlpatterns = [
    # for everybody
    path("board/", board.board, name="board"),
    path("board/feed.xml", posters.feed, name="feed"),
    path("board/books/", board.public_books, name="public_books"),
    path("board/offer/", board.offer, name="offer"),
    path("board/thanks/", board.thanks, name="thanks"),
    path("board/follow/", follow.follow, name="follow"),
    path("board/<slug:case_no>/", board.shown, name="shown"),
    path("board/<slug:case_no>/poster.pdf", posters.poster, name="poster"),
    path("board/<slug:case_no>/qr.svg", posters.qr_code, name="qr"),
    # for who is signed in
    path("mine/", gifts.mine, name="mine"),
    path("raise/", appeals.raise_new, name="raise"),
    path("gifts/<uuid:gift_id>/", gifts.gift, name="gift"),
    # at the office
    path("appeals/", appeals.appeals, name="appeals"),
    path("appeals/<uuid:appeal_id>/", appeals.appeal, name="appeal"),
    path("gifts/", gifts.gifts, name="gifts"),
    path("approvals/", approvals.approvals, name="approvals"),
    path("approvals/<uuid:publication_id>/", approvals.approval, name="approval"),
    path("initiatives/", initiatives.initiatives, name="initiatives"),
    path("books/", initiatives.books, name="books"),
]
