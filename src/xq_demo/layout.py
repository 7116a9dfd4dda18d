"""Column layouts of the county's workbooks: which fact stands where, under which words.

Each fact has the national layout's own header first and then what other offices write. A unit in brackets is
part of the header: money is in yuan, land in mu, the way to the road in kilometres.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One column: the fact, the kind of its cells (a code list's name for codes), its group and header words."""

    fact: str
    kind: str
    group: str
    headers: tuple[str, ...]

    def header(self, dialect: int) -> str:
        """The header word of one office."""
        return self.headers[dialect % len(self.headers)]


def _fields(*rows: tuple[str, str, str, str]) -> tuple[Field, ...]:
    return tuple(Field(fact, kind, group, tuple(words.split("|"))) for fact, kind, group, words in rows)


_BASE, _CAUSE, _INCOME, _SPEND, _LAND, _LIVE = (
    "",
    "致贫原因",
    "家庭收入情况（元）",
    "家庭支出情况（元）",
    "土地资源情况（亩）",
    "生产生活条件",
)

HOUSEHOLD = _fields(
    ("household_no", "text", _BASE, "户编号|户编码|户编号"),
    ("township", "text", _BASE, "乡镇|乡（镇）|乡镇"),
    ("village", "text", _BASE, "行政村|行政村|村"),
    ("group_name", "text", _BASE, "村民小组|组|自然村（组）"),
    ("head_name", "text", _BASE, "户主姓名"),
    ("head_id_number", "text", _BASE, "户主证件号码|户主身份证号|户主身份证号码"),
    ("phone", "text", _BASE, "联系电话|联系电话|电话"),
    ("bank_name", "text", _BASE, "开户银行|开户银行|开户银行名称"),
    ("bank_card", "text", _BASE, "银行卡号|银行账号|银行卡号"),
    ("standard", "standard", _BASE, "识别标准"),
    ("household_type", "household_type", _BASE, "农户属性|贫困户属性|户属性"),
    ("watch_type", "watch_type", _BASE, "监测对象类别|监测类别|监测对象类别"),
    ("exit_status", "exit_status", _BASE, "脱贫标志|脱贫属性|脱贫标志"),
    ("martyr_family", "bool", _BASE, "是否军烈属"),
    ("only_child_family", "bool", _BASE, "是否独生子女户"),
    ("cause_main", "cause", _CAUSE, "主要致贫原因"),
    ("cause_2", "cause", _CAUSE, "其他致贫原因1"),
    ("cause_3", "cause", _CAUSE, "其他致贫原因2"),
    ("income_wage_fen", "fen", _INCOME, "工资性收入|工资性收入（元）|工资性收入(元)"),
    ("income_business_fen", "fen", _INCOME, "生产经营性收入|生产经营性收入（元）|生产经营性收入(元)"),
    ("cost_business_fen", "fen", _INCOME, "生产经营性支出|生产经营性支出（元）|生产经营性支出(元)"),
    ("income_property_fen", "fen", _INCOME, "财产性收入|财产性收入（元）|财产性收入(元)"),
    ("transfer_family_planning_fen", "fen", _INCOME, "计划生育金|计划生育金（元）|计划生育金(元)"),
    ("transfer_dibao_fen", "fen", _INCOME, "低保金|低保金（元）|低保金(元)"),
    ("transfer_wubao_fen", "fen", _INCOME, "五保金|五保金（元）|五保金(元)"),
    ("transfer_pension_fen", "fen", _INCOME, "养老保险金|养老保险金（元）|养老金(元)"),
    ("transfer_ecology_fen", "fen", _INCOME, "生态补偿金|生态补偿金（元）|生态补偿金(元)"),
    ("transfer_other_fen", "fen", _INCOME, "其他转移性收入|其他转移性收入（元）|其他转移性收入(元)"),
    ("reported_net_income_fen", "fen", _INCOME, "纯收入|家庭纯收入（元）|纯收入(元)"),
    ("reported_per_head_fen", "fen", _INCOME, "家庭人均纯收入|人均纯收入（元）|人均纯收入(元)"),
    ("expense_medical_fen", "fen", _SPEND, "合规自付医疗支出|合规自付医疗支出（元）|合规自付医疗支出(元)"),
    ("expense_school_fen", "fen", _SPEND, "教育支出|教育支出（元）|教育支出(元)"),
    ("land_arable", "centimu", _LAND, "耕地面积|耕地面积（亩）|耕地面积(亩)"),
    ("land_irrigated", "centimu", _LAND, "有效灌溉面积|有效灌溉面积（亩）|有效灌溉面积(亩)"),
    ("land_forest", "centimu", _LAND, "林地面积|林地面积（亩）|林地面积(亩)"),
    ("land_returned", "centimu", _LAND, "退耕还林面积|退耕还林面积（亩）|退耕还林面积(亩)"),
    ("land_orchard", "centimu", _LAND, "林果面积|林果面积（亩）|林果面积(亩)"),
    ("land_pasture", "centimu", _LAND, "牧草地面积|牧草地面积（亩）|牧草地面积(亩)"),
    ("land_water", "centimu", _LAND, "水面面积|水面面积（亩）|水面面积(亩)"),
    ("in_cooperative", "bool", _LIVE, "是否加入农民专业合作组织"),
    ("power_production", "bool", _LIVE, "是否通生产用电"),
    ("power_domestic", "bool", _LIVE, "是否通生活用电"),
    ("broadband", "bool", _LIVE, "是否通宽带"),
    ("road_distance_m", "km", _LIVE, "与村主干路距离（公里）|与村主干路距离（公里）|与村主干路距离(公里)"),
    ("road_type", "road_type", _LIVE, "入户路类型"),
    ("house_area_m2", "m2", _LIVE, "住房面积（平方米）|住房面积（平方米）|住房面积(㎡)"),
    ("house_dangerous", "bool", _LIVE, "是否危房"),
    ("house_grade", "house_grade", _LIVE, "房屋等级|房屋等级|危房等级"),
    ("water_difficult", "bool", _LIVE, "饮水是否困难"),
    ("water_safe", "bool", _LIVE, "饮水是否安全"),
    ("toilet_sanitary", "have", _LIVE, "有无卫生厕所"),
    ("fuel", "fuel", _LIVE, "主要燃料类型"),
    ("relocation_wish", "bool", _LIVE, "是否有搬迁意愿"),
)

PERSON = _fields(
    ("household_no", "text", _BASE, "户编号|户编码|户编号"),
    ("name", "text", _BASE, "姓名|成员姓名|姓名"),
    ("sex", "sex", _BASE, "性别"),
    ("id_type", "id_type", _BASE, "证件类型"),
    ("id_number", "text", _BASE, "证件号码|身份证号码|证件号码"),
    ("birth_on", "date", _BASE, "出生日期|出生年月日|出生日期"),
    ("ethnicity", "ethnicity", _BASE, "民族"),
    ("relation", "relation", _BASE, "与户主关系"),
    ("political", "political", _BASE, "政治面貌"),
    ("education", "education", _BASE, "文化程度"),
    ("schooling", "schooling", _BASE, "在校生状况|在校生情况|在校生状况"),
    ("health", "health", _BASE, "健康状况|身体状况|健康状况"),
    ("disability_no", "text", _BASE, "残疾证号|残疾证号码|残疾证号"),
    ("labour", "labour", _BASE, "劳动技能|劳动能力|劳动技能"),
    ("work_place", "work_place", _BASE, "务工情况|务工地点|务工区域"),
    ("work_months", "count", _BASE, "务工时间（月）|务工月数|务工时间(月)"),
    ("soldier", "bool", _BASE, "是否现役军人"),
    ("medical_insured", "bool", _BASE, "是否参加城乡居民基本医疗保险"),
    ("serious_insured", "bool", _BASE, "是否参加大病保险"),
    ("pension_insured", "bool", _BASE, "是否参加城乡居民基本养老保险"),
    ("dibao", "bool", _BASE, "是否享受低保"),
)

UNIT = _fields(
    ("unit_name", "text", _BASE, "单位名称"),
    ("unit_level", "unit_level", _BASE, "隶属关系"),
    ("helps_township", "text", _BASE, "帮扶乡镇"),
    ("helps_village", "text", _BASE, "帮扶村"),
    ("contact_name", "text", _BASE, "联系人"),
    ("contact_phone", "text", _BASE, "联系电话"),
)

CADRE = _fields(
    ("name", "text", _BASE, "姓名"),
    ("sex", "sex", _BASE, "性别"),
    ("id_number", "text", _BASE, "身份证号码"),
    ("unit_name", "text", _BASE, "单位名称"),
    ("position", "text", _BASE, "职务"),
    ("role", "cadre_role", _BASE, "帮扶身份"),
    ("political", "political", _BASE, "政治面貌"),
    ("education", "education", _BASE, "文化程度"),
    ("skill", "skill", _BASE, "技术特长"),
    ("phone", "text", _BASE, "联系电话"),
    ("home_township", "text", _BASE, "家乡所在乡镇"),
    ("home_village", "text", _BASE, "家乡所在村"),
    ("speaks_hakka", "bool", _BASE, "是否会说客家话"),
    ("capacity", "count", _BASE, "可帮扶户数"),
    ("helps_township", "text", _BASE, "派驻乡镇"),
    ("helps_village", "text", _BASE, "派驻村"),
)

WIDE = HOUSEHOLD + PERSON[1:]
