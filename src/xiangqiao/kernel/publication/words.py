"""Word lists of the scanner: surnames, illnesses, words before a number. Pure."""

from __future__ import annotations

import re

# The commonest family names, which cover more than nineteen in twenty people; two-character ones first.
# Source: National Name Report 2020 (Ministry of Public Security), and Hundred Family Surnames for the double ones.
DOUBLE_SURNAMES = frozenset(
    re.findall("..", "欧阳上官司马诸葛东方皇甫尉迟公孙慕容令狐司徒夏侯端木南宫长孙宇文轩辕钟离闻人澹台")
)
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜"
    "崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温赖康施文牛樊葛"
    "邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝"
    "路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂"
    "全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗"
    "燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井巴井漆危揭幸衷"
)

ILLNESS = re.compile(
    "癌|肿瘤|白血病|尿毒症|艾滋|HIV|肝炎|乙肝|丙肝|肺结核|结核病|精神病|精神分裂|抑郁|癫痫|智力残疾|智障|精神残疾|"
    "肢体残疾|视力残疾|听力残疾|言语残疾|多重残疾|残疾[一二三四]级|[一二三四]级残疾|先天性|连体|心脏病|脑瘫|脑梗|中风|"
    "瘫痪|糖尿病|肾病|透析|肾衰|地中海贫血|血友病|红斑狼疮|帕金森|尘肺|矽肺|梅毒|性病|流产|不孕|患病|重病|大病|病重|"
    "慢性病|住院|手术|化疗|放疗|骨折|截肢|烧伤|失明|聋哑|唐氏|自闭|孤独症|股骨头|高血压|冠心病|肝硬化|哮喘|尘肺病",
    re.IGNORECASE,
)
CHILD = re.compile(
    "小学生|初中生|中学生|幼儿园|学龄前|婴儿|新生儿|儿童|未成年|孤儿|女童|男童|留守儿童|[一二三四五六]年级|(?<!\\d)1?\\d岁"
)

NUMBER_OF_PERSON = re.compile("身份证|身份号|证件|公民身份|ID号|ID\\s*(?:no|number|card)", re.IGNORECASE)
TAIL_WORD = re.compile(
    "(?:尾号|尾数|末尾|后[四4六6]位|末[四4六6]位|最后[四4六6]位|last\\s*(?:four|six|4|6))", re.IGNORECASE
)
PHONE_WORD = re.compile("电话|手机|座机|联系方式|联系号码|热线|传真|tel|phone|mobile", re.IGNORECASE)
CARD_WORD = re.compile("卡号|银行卡|账号|帐号|账户|帐户|存折|一卡通|社保卡|account|card", re.IGNORECASE)
DISABILITY_WORD = re.compile("残疾证|残疾人证|残疾证号")
AMOUNT_WORD = re.compile(
    "元|金额|数量|面积|斤|公里|人数|人口|年份|年度|序号|编号|户数|合计|单价|总|次数|天数|年龄|收入|补助"
)
UNIT_AFTER = re.compile(
    "\\s*(?:元|块|万|斤|公斤|千克|吨|亩|户|人|年|月|日|号|次|天|个|只|头|株|棵|米|公里|件|份|%|％|分|点|级|岁|届|期|本|套|张|箱|kg|km)"
)


def surname_of(name: str) -> str:
    """Return the family name that a Chinese name begins with, or the empty string.

    >>> surname_of("欧阳建国"), surname_of("李明"), surname_of("阿依古丽")
    ('欧阳', '李', '')
    """
    if name[:2] in DOUBLE_SURNAMES:
        return name[:2]
    return name[:1] if name[:1] in SURNAMES else ""


def looks_like_name(text: str) -> bool:
    """Return whether a whole short text has the form of a Chinese person's name.

    >>> looks_like_name("钟立新"), looks_like_name("脐橙"), looks_like_name("黄石镇中心"), looks_like_name("阿依古丽·买买提")
    (True, False, False, True)
    """
    plain = text.strip()
    if re.fullmatch(r"[一-鿿]{2,8}·[一-鿿]{2,8}", plain):
        return True
    surname = surname_of(plain)
    return bool(surname) and 1 <= len(plain) - len(surname) <= 2 and bool(re.fullmatch(r"[一-鿿]+", plain))


def masked(name: str) -> str:
    """Return a name as surname and 某.

    >>> masked("钟立新"), masked("欧阳春"), masked("阿依古丽·买买提")
    ('钟某', '欧阳某', '阿某')
    """
    plain = name.strip()
    return f"{surname_of(plain) or plain[:1]}某" if plain else ""
