"""How far a station is expected to serve: a formula for hilly countryside. What it says is a prediction and nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Radio:
    """What is assumed of a technology: carrier in MHz, power per reference signal in dBm, and the level a phone needs."""

    mhz: int
    power_dbm: float
    needed_dbm: float


# Source: carriers as in use by the three operators; power = 15.2 dBm per reference signal (4G), 33 dBm a carrier (2G, 3G pilot)
# with 17 dBi of antenna and 3 dB of cable. -105 dBm is what acceptance commonly asks of 4G; a county sets its own (`RuleSet`).
RADIOS: Mapping[str, Radio] = MappingProxyType(
    {
        "2G": Radio(900, 47.0, -90.0),
        "3G": Radio(900, 47.0, -95.0),
        "4G": Radio(1500, 29.2, -105.0),
        "5G": Radio(700, 29.2, -105.0),
    }
)
PHONE_HEIGHT_M = 1.5
USUAL_HEIGHT_M = 35
# 10 dB for the edge of the cell and 6 dB for woods and walls. Source: the usual planning margin for 90 % of the edge; a choice.
MARGIN_DB = 16.0


def hata_loss_db(mhz: float, base_m: float, km: float) -> float:
    """Return the loss in dB in open country by Okumura-Hata, for 150-1500 MHz, masts of 30-200 m, 1-20 km.

    Source: M. Hata, IEEE Trans. Veh. Technol. VT-29 (1980), equations for open areas; see ITU-R P.529-3.

    >>> round(hata_loss_db(900, 30, 1), 1)
    97.9
    """
    phone = (1.1 * log10(mhz) - 0.7) * PHONE_HEIGHT_M - (1.56 * log10(mhz) - 0.8)
    urban = 69.55 + 26.16 * log10(mhz) - 13.82 * log10(base_m) - phone
    urban += (44.9 - 6.55 * log10(base_m)) * log10(km)
    return urban - 4.78 * log10(mhz) ** 2 + 18.33 * log10(mhz) - 40.94


def level_dbm(technology: str, metres: float, height_m: float | None = None) -> float:
    """Return the level that a phone is expected to see; the formula is held at its bounds (0.1-20 km, 30-200 m)."""
    radio = RADIOS[technology]
    base = min(max(height_m or USUAL_HEIGHT_M, 30), 200)
    km = min(max(metres / 1000, 0.1), 20.0)
    return radio.power_dbm - hata_loss_db(radio.mhz, base, km) - MARGIN_DB


def reach_m(technology: str, height_m: float | None = None, most_m: int = 5000) -> int:
    """Return how far (metres, in hundreds) a station is expected to serve, at most `most_m`: hills end every cell.

    >>> [reach_m(code) for code in ("2G", "3G", "4G")]
    [4900, 5000, 3200]
    """
    needed = RADIOS[technology].needed_dbm
    served = [m for m in range(100, most_m + 1, 100) if level_dbm(technology, m, height_m) >= needed]
    return max(served, default=0)
