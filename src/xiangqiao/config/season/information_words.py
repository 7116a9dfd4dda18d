"""Words of the services' season: offices, services, laws, questions and answers. All people are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

# (name, English, post, working days, topics)
OFFICES: tuple[tuple[str, str, str, int, tuple[str, ...]], ...] = (
    ("县信息服务中心", "County Information Service Centre", "SERVICE_OFFICE", 5, ("SUBSIDY", "MEDICAL", "ROAD", "WATER", "OTHER", "FARMING")),
    ("县人力资源和社会保障局", "County Labour and Social Security Bureau", "DEPARTMENT", 5, ("WORK",)),
    ("县网信办", "County Network Office", "NETWORK_OFFICE", 5, ("NETWORK",)),
    ("县教育局", "County Education Bureau", "EDUCATION_OFFICE", 5, ("SCHOOL",)),
    ("村委会", "Village Committee", "VILLAGE_CLERK", 3, ("POWER",)),
)  # fmt: skip

_AREA = {
    "name": "area",
    "label": "种植面积（亩）",
    "label_en": "Area planted (mu)",
    "kind": "number",
    "required": True,
}
_ID = {
    "name": "id_number",
    "label": "申请人身份证号",
    "label_en": "Applicant's ID number",
    "kind": "id_number",
    "required": True,
}
_CARD = {"name": "card", "label": "一卡通账号", "label_en": "Subsidy card number", "kind": "bank_card"}
MATTERS: tuple[dict[str, Any], ...] = (
    {
        "code": "grain-subsidy", "name": "种粮农民补贴申报", "name_en": "Subsidy for grain growers", "topic": "SUBSIDY",
        "who": "实际种粮的农户和合作社", "working_days": 20, "office": "县信息服务中心", "where": "乡镇便民服务中心 3 号窗口",
        "basis": "当年的种粮补贴实施方案", "papers": ["身份证", "一卡通存折", "土地承包或流转合同"],
        "fields": [_AREA, {"name": "season", "label": "哪一季", "label_en": "Season", "kind": "choice", "choices": ["早稻", "中稻", "晚稻"], "required": True}, _ID, _CARD],
    },
    {
        "code": "small-loan", "name": "小额信贷贴息申请", "name_en": "Interest subsidy for a small loan", "topic": "FARMING",
        "who": "有发展生产意愿的脱贫户、监测户", "working_days": 15, "office": "县信息服务中心", "where": "乡镇便民服务中心 2 号窗口",
        "basis": "脱贫人口小额信贷政策", "papers": ["身份证", "户口簿", "贷款合同"],
        "fields": [{"name": "purpose", "label": "贷款做什么", "label_en": "Purpose", "kind": "long_text", "required": True}, {"name": "amount", "label": "金额（元）", "label_en": "Amount (yuan)", "kind": "number", "required": True}, _ID],
    },
    {
        "code": "job-registration", "name": "外出务工交通补助", "name_en": "Travel grant for work away from home", "topic": "WORK",
        "who": "当年跨省务工满三个月的脱贫劳动力", "working_days": 10, "office": "县人力资源和社会保障局", "where": "村委会代收",
        "basis": "当年的稳岗就业措施", "papers": ["身份证", "务工证明", "车票"],
        "fields": [{"name": "where", "label": "在哪里务工", "label_en": "Place of work", "kind": "text", "required": True}, {"name": "since", "label": "从哪天起", "label_en": "Since", "kind": "date", "required": True}, _ID],
    },
    {
        "code": "student-aid", "name": "家庭经济困难学生资助", "name_en": "Aid for students of poor families", "topic": "SCHOOL",
        "who": "在校学生，家庭经济困难", "working_days": 15, "office": "县教育局", "where": "学校资助窗口", "basis": "学生资助政策",
        "papers": ["户口簿", "学籍证明"],
        "fields": [{"name": "grade", "label": "年级", "label_en": "Grade", "kind": "text", "required": True}, {"name": "boarding", "label": "是否住校", "label_en": "Boarding", "kind": "yes_no"}],
    },
)  # fmt: skip

# (kind, title, issuer, number, in force since, in our own words)
LAWS: tuple[tuple[str, str, str, str, date, str], ...] = (
    ("REGULATION", "保障农民工工资支付条例", "国务院", "国令第724号", date(2020, 5, 1), "工钱要按月用钱发，不能用东西抵。老板不给工钱，先找劳动监察；工程上欠的，总包单位先垫。记得留好考勤、聊天记录和工友证明。"),
    ("LAW", "中华人民共和国农村土地承包法", "全国人大常委会", "2018年修正", date(2019, 1, 1), "承包地三十年不变，到期再延。可以自己种，也可以流转给别人种，收租金，承包权还是自己的。进城落户不用退地。"),
    ("LAW", "中华人民共和国乡村振兴促进法", "全国人大常委会", "主席令第77号", date(2021, 6, 1), "国家建立防止返贫的监测和帮扶机制，发展乡村产业，保护农民的土地和集体收益，改善道路、饮水、网络和学校。"),
    ("REGULATION", "社会救助暂行办法", "国务院", "国令第649号，2019年修订", date(2019, 3, 2), "低保、特困供养、医疗救助、临时救助都向乡镇提出，乡镇调查、公示，县民政批。不批要书面说明理由，可以申请复议。"),
    ("LAW", "中华人民共和国法律援助法", "全国人大常委会", "主席令第93号", date(2022, 1, 1), "没钱请律师，又要讨工钱、要赡养费、交通事故赔偿的，可以到县法律援助中心申请免费律师。进城讨薪的不查收入。"),
    ("LAW", "中华人民共和国消费者权益保护法", "全国人大常委会", "2013年修正", date(2014, 3, 15), "买到假种子、假化肥、假货，可以要求退货、三倍赔偿，打 12315。网上买的东西七天内可以退，特别说明的除外。"),
)  # fmt: skip

QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("WORK", "老板拖欠工钱", "在工地做了两个月，还差四千元没给，找谁？"),
    ("SUBSIDY", "种粮补贴没到账", "今年早稻补贴别人都到了，我家没有。"),
    ("MEDICAL", "慢性病药能不能报", "老人常年吃降压药，门诊能报销吗？"),
    ("NETWORK", "家里没有信号", "我们组在山窝里，打电话要爬到坡上。"),
    ("ROAD", "通组路塌了一段", "上个月大雨，路边塌了，摩托车过不去。"),
    ("SCHOOL", "住校生补助怎么领", "孩子今年上初中住校，补助要交什么材料？"),
    ("WATER", "自来水发黄", "一下雨水就是黄的，沉半天才能用。"),
    ("FARMING", "脐橙卖不出去", "今年果子好，收果的老板压价，有没有别的销路？"),
    ("LAND", "山林界线有争议", "隔壁说那片竹山是他的，证上写的是我家。"),
    ("OTHER", "老年卡怎么办", "满六十五岁了，坐车的老年卡在哪里办？"),
)

ANSWERS: dict[str, str] = {
    "WORK": "劳动监察大队已联系用工单位，工资定于本周五前发放。没收到请带上考勤和聊天记录到县劳动监察窗口，当场登记。",
    "SUBSIDY": "经核对，您家的一卡通账号少登记了一位，已经改正，补贴随下一批发放，十五个工作日内到账。",
    "MEDICAL": "高血压属于门诊慢性病，带上诊断证明和医保卡到乡镇卫生院办认定，办好以后门诊买药可以按比例报销。",
    "NETWORK": "已把这个组列入信号盲点清单，运营商下月上门测试，测试结果会在网络覆盖页面公布。",
    "ROAD": "公路站已到现场拉好警示带，临时便道三天内铺好，塌方处列入本季度修复。",
    "SCHOOL": "带户口簿和学籍证明到学校资助窗口登记，学校统一上报，每学期发一次，直接打到家长的卡上。",
    "WATER": "水厂已清洗沉淀池并加装过滤，请先放水五分钟再用；一周后取样化验，结果贴在村公示栏。",
    "FARMING": "已把您的供应信息登到农产品供求，并转给两家长期收购的客户；也可以送到村里站点统一分级出售。",
    "OTHER": "带身份证和一寸照片到任意乡镇便民服务中心都能办，当场拿卡，不收费。",
}

# The first answered question of a topic whose asker agreed goes out, in these words.
PUBLIC: dict[str, tuple[str, str]] = {
    "WORK": ("老板拖欠工钱，找谁？", "在工地干活，工钱没有给完，该找哪个部门？"),
    "MEDICAL": ("慢性病的药能报销吗？", "老人常年吃药，门诊买药能不能报？"),
    "ROAD": ("大雨冲坏了路怎么办？", "通组公路被雨冲塌一段，找谁修？"),
    "WATER": ("自来水发黄怎么办？", "一下雨自来水就发黄，能不能用？"),
}

# Sort, title, text, office, how many days ago. The last one still waits for the second person.
ANNOUNCEMENTS = (
    (
        "POLICY",
        "2026 年城乡居民医保缴费怎么缴、谁有补助",
        "集中缴费期到 12 月 31 日。特困人员全额补助，低保对象和监测户按规定补助一部分，其余自己缴。手机上不会缴的，到村里站点请站长代办。",
        "县医疗保障局",
        40,
    ),
    (
        "NEWS",
        "脐橙防冻：今明两晚有霜",
        "山脚和低洼果园今晚前灌水、盖草帘，没采完的先采。拿不准的，到技术书架看“脐橙防冻”，或打便民服务中心电话。",
        "县果业局",
        12,
    ),
    (
        "EVENT",
        "送岗位下乡：周六在各乡镇圩日现场招工",
        "12 家用工单位到场，工种、工资、食宿写在牌子上。带证件，不收任何费用。去外地的，县里统一安排车。",
        "县人力资源和社会保障局",
        6,
    ),
    (
        "PUBLIC_LIST",
        "第四季度公益岗位名额分配公示",
        "全县公益岗位按乡镇分配：每个乡镇名额、岗位和补助标准见村务公开栏。有意见的，公示期内在网上提问或到乡镇反映。",
        "县乡村振兴服务中心",
        3,
    ),
    (
        "NEWS",
        "信息服务站元旦前后照常开门",
        "元旦三天各村站点照常代办缴费、买票，汇款到账可能晚一天。",
        "县信息服务中心",
        1,
    ),
)

# To the question of the household of the tour.
AWAY = "到外地住院前先在县医保局备案，出院时凭医保码直接结算；没有直接结算的，带发票和费用清单回乡镇便民服务中心报销。"
