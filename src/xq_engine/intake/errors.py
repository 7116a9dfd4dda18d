"""Errors that tell a clerk which file cannot be read, why, and what to do."""

from xq_engine.errors import EngineError


class IntakeError(EngineError):
    """A file that is refused: stable code, sentence in both languages, hint in both."""

    def __init__(self, code: str, zh: str, en: str, hint: str = "", hint_en: str = "") -> None:
        super().__init__(f"{code} {zh} / {en}")
        self.code = code
        self.zh = zh
        self.en = en
        self.hint = hint
        self.hint_en = hint_en

    def fields(self) -> dict[str, str]:
        """Give what the error was made of, for its way through JSON."""
        return {"code": self.code, "zh": self.zh, "en": self.en, "hint": self.hint, "hint_en": self.hint_en}


_RESAVE = (
    "请用 WPS 或 Excel 打开，另存为“Excel 工作簿(.xlsx)”后再上传。",
    "Open it in Excel or WPS, save it as .xlsx, and try again.",
)
_SPLIT = (
    "请按乡镇或村拆成几个文件，或删掉空白的行列后再上传。",
    "Split it by township or village, or delete the empty rows and columns.",
)
_SUSPECT = (
    "正常的表格不会这样。请向报送单位重新索取原表，不要打开此文件。",
    "No ordinary spreadsheet looks like this. Ask the sender for the original; do not open this file.",
)

_REASONS: dict[str, tuple[str, str, tuple[str, str]]] = {
    "FILE.MISSING": (
        "找不到文件",
        "the file is not there",
        ("请核对文件名和所在文件夹。", "Check the name and the folder."),
    ),
    "FILE.EMPTY": (
        "文件是空的，没有任何数据",
        "the file is empty",
        ("请确认选对了文件。", "Check that this is the right file."),
    ),
    "FILE.TYPE": ("不是表格文件（只收 .xlsx 和 .csv）", "not a spreadsheet (.xlsx or .csv)", _RESAVE),
    "FILE.OLD_EXCEL": ("是旧版 Excel 文件（.xls）", "an old Excel file (.xls)", _RESAVE),
    "FILE.ENCRYPTED": (
        "表格设了打开密码",
        "the workbook is encrypted",
        ("请在 Excel 里去掉打开密码后另存。", "Remove the password in Excel and save it again."),
    ),
    "FILE.MACRO": (
        "表格里带有宏程序",
        "the workbook contains macros",
        ("请另存为不带宏的“Excel 工作簿(.xlsx)”。", "Save it as a plain .xlsx without macros."),
    ),
    "FILE.BROKEN": ("文件已损坏，读不出来", "the file is broken", _RESAVE),
    "FILE.BOMB": ("压缩包展开后异常地大", "the archive unpacks to an abnormal size", _SUSPECT),
    "FILE.ENTITY": ("文件里夹带了实体定义（DTD）", "the file carries entity definitions (DTD)", _SUSPECT),
    "FILE.TOO_LARGE": ("文件太大", "the file is too large", _SPLIT),
    "FILE.TOO_MANY_SHEETS": ("工作表太多", "too many sheets", _SPLIT),
    "FILE.TOO_MANY_ROWS": ("行数太多", "too many rows", _SPLIT),
    "FILE.TOO_MANY_COLUMNS": ("列数太多", "too many columns", _SPLIT),
    "FILE.TOO_MANY_MERGES": (
        "合并单元格太多",
        "too many merged cells",
        (
            "请选中整张表，点“取消单元格合并”，或按乡镇拆成几个文件后再上传。",
            "Select the whole sheet and unmerge its cells, or split the file by township, and try again.",
        ),
    ),
    "FILE.HIDDEN": (
        "里面的工作表都是隐藏的，没有可以读的表",
        "all of its sheets are hidden, so there is nothing to read",
        (
            "请在 Excel 里右键点工作表标签，选“取消隐藏”，保存后再上传。",
            "Right-click a sheet tab in Excel, choose Unhide, save, and try again.",
        ),
    ),
    "FILE.ENCODING": (
        "看不懂文字编码",
        "unknown text encoding",
        ("请另存为“CSV UTF-8”或 .xlsx。", "Save it as CSV UTF-8 or .xlsx."),
    ),
}


def refusal(code: str, name: str, detail_zh: str = "", detail_en: str = "") -> IntakeError:
    """Make the error with which a file is refused; `name` is the file's name, the details add figures."""
    zh, en, (hint, hint_en) = _REASONS[code]
    return IntakeError(
        code,
        f"《{name}》{zh}{f'（{detail_zh}）' if detail_zh else ''}。",
        f"{name}: {en}{f' ({detail_en})' if detail_en else ''}.",
        hint,
        hint_en,
    )
