"""Coordinates: every way there has an exact way back."""

from hypothesis import given
from hypothesis import strategies as st

from xq_engine.coverage.coordinates import read_place
from xq_engine.coverage.datum import DATUMS, Datum, from_wgs84, to_wgs84
from xq_engine.coverage.distance import metres

LON, LAT = st.floats(115.5, 116.5), st.floats(26.0, 27.2)


@given(LON, LAT, st.sampled_from(DATUMS))
def test_there_and_back_is_the_same_place_to_a_tenth_of_a_millimetre(
    lon: float, lat: float, datum: Datum
) -> None:
    assert metres((lon, lat), to_wgs84(*from_wgs84(lon, lat, datum), datum)) < 1e-4


def test_a_web_map_is_some_six_hundred_metres_off_in_the_county() -> None:
    assert 550 < metres((116.0, 26.5), from_wgs84(116.0, 26.5, "GCJ02")) < 650


@given(LON, LAT)
def test_degrees_minutes_and_seconds_and_a_swap_read_as_the_same_place(lon: float, lat: float) -> None:
    def sexagesimal(value: float) -> str:
        seconds = round(value * 3600, 2)
        return f"{int(seconds // 3600)}°{int(seconds % 3600 // 60)}′{seconds % 60:.2f}″"

    found = read_place(sexagesimal(lat), sexagesimal(lon))
    assert found.lon is not None
    assert found.lat is not None
    assert metres((found.lon, found.lat), (lon, lat)) < 1
    assert set(found.repairs) == {"DMS", "SWAPPED"}
