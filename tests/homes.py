"""Homes of small counties for tests of commands: built by the program itself, once a run, then copied."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from xiangqiao.people.tests.sheets import DIVISIONS, citizen, household, person, write

HOUSEHOLDS = 12


class Home:
    """A home and the program on it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "XIANGQIAO_HOME": str(folder),
            "XIANGQIAO_LANG": "en",
            "DJANGO_SETTINGS_MODULE": "xiangqiao.config.settings",
            **environment,
        }

    def run(self, *words: object, **kwargs: Any) -> subprocess.CompletedProcess[str]:
        """Run the program as an operator does."""
        line = [sys.executable, "-m", "xiangqiao.config.cli", *map(str, words)]
        return subprocess.run(
            line, env=self.environment, capture_output=True, text=True, check=False, **kwargs
        )

    def told(self, *words: object) -> dict[str, Any]:
        """Run a command that must succeed and return what it prints as JSON."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    def manage(self, *words: str) -> None:
        """Run a command of Django's own."""
        subprocess.run([sys.executable, "-m", "django", *words], env=self.environment, check=True)


def divisions_file(folder: Path) -> Path:
    """Write the division file of the test county."""
    path = folder / "divisions.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["代码", "名称"])
        writer.writerows(DIVISIONS)
    return path


def register_files(folder: Path, households: int = HOUSEHOLDS, *, income: int = 12000) -> list[Path]:
    """Write the two sheets of a small register."""
    numbers = [f"3607309017010{n:03d}" for n in range(1, households + 1)]
    homes = [household(number, income_wage_fen=str(income)) for number in numbers]
    people = []
    for n, number in enumerate(numbers):
        year = 1960 + n // 90
        born = {"id_number": citizen(n % 90, f"{year}0101"), "birth_on": f"{year}-01-01"}
        people.append(person(number, f"甘{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", 0, **born))
    return write(folder, homes, people)


def build(folder: Path) -> Home:
    """Make a county with a register, as an operator would: init, then import."""
    folder.mkdir(parents=True)
    home = Home(folder / "home")
    home.told("init", divisions_file(folder), "--code", "360730", "--name", "宁都县")
    home.told("import", *register_files(folder / "sheets"), "--year", 2025)
    home.told("audit", "seal")
    return home
