"""First-level divisions that the market sends to. A market without a list takes what people write."""

from laotie.kit import market

CHINA = (
    ("BJ", "北京", "Beijing"), ("TJ", "天津", "Tianjin"), ("HE", "河北", "Hebei"), ("SX", "山西", "Shanxi"),
    ("NM", "内蒙古", "Inner Mongolia"), ("LN", "辽宁", "Liaoning"), ("JL", "吉林", "Jilin"),
    ("HL", "黑龙江", "Heilongjiang"), ("SH", "上海", "Shanghai"), ("JS", "江苏", "Jiangsu"), ("ZJ", "浙江", "Zhejiang"),
    ("AH", "安徽", "Anhui"), ("FJ", "福建", "Fujian"), ("JX", "江西", "Jiangxi"), ("SD", "山东", "Shandong"),
    ("HA", "河南", "Henan"), ("HB", "湖北", "Hubei"), ("HN", "湖南", "Hunan"), ("GD", "广东", "Guangdong"),
    ("GX", "广西", "Guangxi"), ("HI", "海南", "Hainan"), ("CQ", "重庆", "Chongqing"), ("SC", "四川", "Sichuan"),
    ("GZ", "贵州", "Guizhou"), ("YN", "云南", "Yunnan"), ("XZ", "西藏", "Tibet"), ("SN", "陕西", "Shaanxi"),
    ("GS", "甘肃", "Gansu"), ("QH", "青海", "Qinghai"), ("NX", "宁夏", "Ningxia"), ("XJ", "新疆", "Xinjiang"),
    ("TW", "台湾", "Taiwan"), ("HK", "香港", "Hong Kong"), ("MO", "澳门", "Macao"),
)  # fmt: skip
BRAZIL = (
    "AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA",
    "PB", "PE", "PI", "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO",
)  # fmt: skip
ENDINGS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")


def regions() -> tuple[str, ...]:
    """The market's regions in its own language, in their usual order; () where any words will do."""
    here = market.current()
    if here.currency == "CNY":
        return tuple(zh if here.language == "zh" else en for _code, zh, en in CHINA)
    return BRAZIL if here.currency == "BRL" else ()


def known_region(text: str) -> str | None:
    """The market's name for a region written in any usual way (浙江省, Zhejiang, ZJ); None where there is no such."""
    known = regions()
    if not known or text in known:
        return text
    if market.current().currency == "CNY":
        return _chinese(text)
    return text.upper() if text.upper() in known else None


def _chinese(text: str) -> str | None:
    short = next((text.removesuffix(ending) for ending in ENDINGS if text.endswith(ending)), text)
    wanted = {text.casefold(), short.casefold()}
    for region, names in zip(regions(), CHINA, strict=True):
        if wanted & {name.casefold() for name in names}:
            return region
    return None
