"""Places read in English too."""

from xiangqiao.places.romanise import romanised


def test_a_place_is_spelled_in_pinyin_with_its_kind() -> None:
    assert romanised("东山坝镇") == "Dongshanba Town"
    assert romanised("宁都县") == "Ningdu County"
    assert romanised("城南社区居委会") == "Chengnan Community"
    assert romanised("村") == "Cun"
    assert romanised("黄陂镇") == "Huangpi Town"
    assert romanised("长胜镇") == "Changsheng Town"
    assert romanised("A1区") == "A1qu"
