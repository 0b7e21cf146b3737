"""What the columns of a roster are called: every list has its own heads, and they mean few things."""

from __future__ import annotations

import re
from functools import cache

from checklists.text import same_form

NAME, CODE, ADDRESS, PLACE, CITY, TYPES = "name", "code", "address", "place", "city", "types"
PERSON, CONTACT, PHONE, EMAIL = "person", "contact", "phone", "email"
TOWN, AGENCY, INSPECTORS, CARDS = "town", "agency", "inspectors", "cards"
NUMBER, PURPOSES = "document_number", "purposes"
_WRITTEN: dict[str, str] = {
    NAME: """单位名称 企业名称 名称 单位 企业 公司名称 场所名称 企业全称 单位全称 公司全称 公司 商户名称 商户 店铺名称 门店名称 店名 字号名称 字号
        市场主体名称 主体名称 经营主体名称 经营主体 生产经营单位名称 生产经营单位 受检单位 受检单位名称 被检查单位 被检查单位名称 被检单位 检查对象
        检查对象名称 监管对象 监管对象名称 机构名称 工程名称 项目名称 纳税人名称 营业执照名称 工商登记名称 学校名称 园所名称 医院名称 煤矿名称 矿山名称
        矿井名称 加油站名称 站点名称 站名 酒店名称 饭店名称 养老机构名称 重点单位名称 单位（场所）名称 单位名称（全称） 企业名称（全称） 企业（单位）名称
        单位（企业）名称 企业（场所）名称 企业单位名称 企业（个体户）名称 法人单位名称 详细名称 单位详细名称""",
    CODE: """统一社会信用代码 信用代码 社会信用代码 统一信用代码 统一社会信用代码证号 统一社会信用代码/注册号 统一社会信用代码（注册号） 社会统一信用代码
        营业执照号 营业执照编号 营业执照号码 营业执照注册号 工商注册号 注册号 组织机构代码 机构代码 纳税人识别号 税号 统一代码""",
    ADDRESS: """地址 详细地址 生产经营地址 经营地址 单位地址 企业地址 公司地址 经营场所 生产经营场所 经营场所地址 生产地址 实际经营地址 实际地址 场所地址
        营业地址 营业场所 单位详细地址 企业详细地址 具体地址 所在地址 经营地 经营地点 项目地址 工程地址 工程地点 建设地点 坐落地址 坐落 具体位置 位置 地理位置 住所
        企业住所 单位住所 住址 门店地址 店铺地址 注册地址 注册地 登记地址 通讯地址 联系地址 地点""",
    PLACE: """所在地 所在县（市、区） 县（市、区） 县区 属地 所属县区 区县 县市区 市县 县市 县 区 所在县 所在区 所在县区 所在区县 所在市县 所在县市区
        所在县（区） 县（区） 区（县） 所属区县 所属县 所属县市区 所属县（市、区） 所属县（区） 县市区名称 县区名称 区县名称 县级 县别 县名 所属区域 所属辖区 辖区 管辖区域
        属地县区 区域 所在区域 地区 所在地区 所属地区 行政区划 行政区划名称 所在行政区划 行政区域 行政区 所在行政区 归属地 归属县区 企业所在地 单位所在地 企业所在县区
        单位所在县区 所在地（县区） 市（县、区） 市、县（区） 县（市） 属地（县区）""",
    CITY: "市 地市 所在市 所属市 设区市 设区的市 市级 地级市 地市名称 所在地市 所属地市 城市 所在城市 市别 市州 市名",
    TYPES: """企业类型 类型 行业类型 单位类型 所属行业 行业类别 行业领域 所属行业领域 行业 行业分类 场所类型 场所类别 企业类别 企业分类 单位类别 单位分类 经营业态 业态
        经营类型 经营类别 业务类型 监管行业 监管类别 监管分类 行业名称 行业小类 行业中类 行业大类 国民经济行业 国民经济行业分类 国民经济行业类别 行业门类 机构类型 机构类别 项目类型
        工程类型 工程类别 企业（场所）类型 企业所属行业 单位所属行业 重点行业领域 主营业务 主营 经营项目 类别 分类""",
    PERSON: """主要负责人 负责人 法定代表人 法人 法人代表 主要负责人姓名 负责人姓名 法定代表人姓名 法人姓名 法人代表姓名 企业负责人 单位负责人 场所负责人 企业主要负责人
        单位主要负责人 安全生产主要负责人 法定代表人（负责人） 法定代表人/负责人 法人/负责人 负责人/法人 法人（负责人） 经营者 经营者姓名 业主 业主姓名 店主 老板 总经理
        矿长 校长 园长 院长 站长 项目经理 项目负责人 实际控制人 实际负责人 投资人 法定代表人（主要负责人）""",
    CONTACT: "联系人 联系人姓名 联络人 联络员 联络员姓名 经办人 单位联系人 企业联系人 联系人员 对接人",
    PHONE: """电话 联系电话 手机 手机号 联系方式 手机号码 电话号码 联系电话号码 联系手机 联系号码 移动电话 主要负责人电话 主要负责人联系电话 主要负责人手机 主要负责人手机号
        主要负责人联系方式 负责人电话 负责人联系电话 负责人手机 负责人手机号 负责人手机号码 负责人电话号码 负责人联系方式 法定代表人电话 法定代表人联系电话 法定代表人联系方式
        法定代表人手机 法人电话 法人联系电话 法人联系方式 法人手机 法人手机号 法人代表电话 法人代表联系电话 经营者电话 经营者联系电话 业主电话 业主联系电话 企业联系电话 企业电话 单位电话 单位联系电话 联系人电话
        联系人联系电话 联系人手机 联系人手机号 联系人手机号码 联系人电话号码 联系人联系方式 联络员电话 办公电话 固定电话 座机 值班电话 店主电话""",
    EMAIL: "电子邮箱 邮箱 电子邮件 邮箱地址 电子邮箱地址 e-mail email 联系邮箱 邮件地址 联系人邮箱 企业邮箱",
    TOWN: """乡镇／街道 乡镇/街道 乡镇、街道 乡镇街道 乡镇（街道） 乡镇 街道 所属乡镇 所在乡镇 所属乡镇街道 所在乡镇街道 所属乡镇（街道） 所在乡镇（街道） 所属街道 所在街道 乡（镇）
        乡、镇 镇（街道） 镇（乡） 镇街 街镇 镇办 乡镇办 乡镇（办） 乡镇名称 乡镇（街道）名称 街道办 街道办事处 街办 属地乡镇 属地乡镇（街道） 镇 乡 乡镇（街道办） 所在镇 所属镇
        乡镇（街道、办事处） 所在乡（镇） 所属乡（镇） 镇（街） 乡（镇、街道） 乡镇（街办） 所属镇街 所在镇街 管辖乡镇""",
    AGENCY: "检查单位 检查机关",
    INSPECTORS: "检查人员 检查人",
    CARDS: "证号 检查人员证号 执法证号",
    NUMBER: "文书编号 文书号",
    PURPOSES: "用途 检查用途",
}
COLUMNS: dict[str, tuple[str, ...]] = {field: tuple(names.split()) for field, names in _WRITTEN.items()}
"""Field -> column heads that mean it; the first is the one we write, and of two in one list the earlier is taken."""
PASSED_OVER = (
    "序号",
    "编号",
    "备注",
    "序",
    "号",
    "行号",
    "排序",
    "no",
    "no.",
    "省",
    "省份",
    "所在省",
    "邮编",
    "邮政编码",
)
"""Columns that every list has and nobody needs to hear of."""
ABOVE_PERSON = (PERSON, CONTACT)
_SPACE = re.compile("[\\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_DECORATION = re.compile(r"[*:]+|\([^()]{1,8}\)\*?$")
"""Marks of a required column, and a bracket at the end: （必填）, （人）, （是/否）."""
_STARS = str.maketrans("＊★※", "***")


def bare_text(text: str) -> str:
    """The text without blanks and, as tables from web pages and chats hold them, invisible letters: to look a name up."""
    return _SPACE.sub("", text)


def plain_head(text: str) -> str:
    """A head as heads are compared: width, case, blanks and marks of a required column aside."""
    return same_form(bare_text(text).translate(_STARS))


def undecorated(head: str) -> str:
    """A plain head without its marks and the bracket at its end."""
    return _DECORATION.sub("", head)


@cache
def _fields() -> dict[str, tuple[str, int]]:
    """Plain head -> field, and how far down it stands among the names of the field."""
    return {
        plain_head(name): (field, rank)
        for field, names in reversed(COLUMNS.items())
        for rank, name in reversed(list(enumerate(names)))
    }


def head_of(text: str) -> str:
    """The field that a head means whatever facts there are; empty for none."""
    plain = plain_head(text)
    return (_fields().get(plain) or _fields().get(undecorated(plain)) or ("", 0))[0]


def rank_of(text: str) -> int:
    """How far down a head stands among those that mean its field: of two the lesser is taken."""
    plain = plain_head(text)
    return (_fields().get(plain) or _fields().get(undecorated(plain)) or ("", 0))[1]


def all_heads() -> frozenset[str]:
    """Every head that means something, as heads are compared."""
    return frozenset(_fields()) | frozenset(map(plain_head, PASSED_OVER))
