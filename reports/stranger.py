"""A visit to somebody whom the book doesn't know: its words belong to no card that lies open."""

from __future__ import annotations

import re

KINDS = "科技|公司|集团|实业|贸易|商贸|机械|食品|纺织|建材|电子|物流|服饰|农业|家居|塑料|五金|化工|印刷|包装|制造|工贸|合作社"
VISIT_ZH = re.compile(
    r"^(?:今天|刚才?|刚刚|上午|下午|中午|昨天|前天|又|也|我)*(?:去了|到了|走访了?|拜访了?|回访了?)(?:一趟|一下)?"
    rf"(?!他|她|这|那|该|我|人家|客户|厂|公司|仓库|工地|现场)[\u4e00-\u9fff]{{2,10}}?(?:{KINDS})(?=[,，。；;、 ]|$)"
)
VISIT_EN = re.compile(
    r"^(?:[Tt]oday )?(?:I |[Ww]e )?(?:[Vv]isited|[Ww]ent to|[Cc]alled on) [A-Z][\w'&-]+(?: [A-Z][\w'&-]+)+"
)


def names_a_stranger(text: str) -> bool:
    """Whether it begins with a visit to a named firm; for words in which no borrower of the book was found."""
    return bool(VISIT_ZH.search(text) or VISIT_EN.search(text))
