"""Is this a question at all? A report must never be taken for one, nor a question for a report."""

from __future__ import annotations

import re
import unicodedata

from facts.script import TRADITIONAL, language, script

LONGEST = {"zh": 60, "en": 160}
CLAUSE = re.compile(r"[,。;!?\n]+|\.(?=\s|$)|(?<=[a-z]) - ")

LEAD_ZH = re.compile(
    r"^(?:那么?|哎|喂|嗯|你好|您好)?(?:请问|麻烦|请(?!我们|我方|咱|人|假|客|了|他|她|的)|帮我|给我|我?想(?:知道|问|了解|看)|我要(?:看|查|知道)|问(?:一)?下|查(?!账|咗|不动产|流水|他|她|其|工资|台账|完|出|到|实|封|过|获|扣|处|明|询|看了|了)|看(?:一)?[下看]|列|统计|汇总|显示|告诉我|说说|讲讲|介绍|对比|比较|算(?:一)?下)"
)
ASKS_ZH = re.compile(
    r"怎么样|怎样|咋样|如何|怎么(?!办|说|也|都|着|一|不)|为什么|为何|多少(?!有|都|也)|哪(?!怕|知|都|也|有|儿都|里都)|谁(?!也|都|知)|(?<![十好这那前近数几千百上下的底初家头边里外])几(?:家|户|笔|号|成|个(?:客户|借款人|企业|项目)|(?<!了几)(?:个月|天|次|条)了?(?=$|\?|没[去来]))|什么(?!的)|啥|多久|多长|多大|多高|吗|有没有|有无|是不是|是否|好不好|行不行|还有谁|何时|何处|■呢(?=$|\?)|(?:了|过)没有?(?=$|\?)"
)
INDEFINITE = re.compile(
    r"没(?:有)?(?:什么|啥|多少|几)|叫什么|什么来着|(?:没|不)\w{0,3}谁|哪天(?:没|不)|不(?:怎么|知怎么)|(?:谁(?:的\w{0,2})?|哪\w?|什么|多少|怎么|几\w)(?:也|都)(?!有|是)|几[家户笔个]\w{0,6}都(?!有|是)|什么的"
)
UNSURE = re.compile(
    r"(?:说|讲|搞|弄|查|看|问)不(?:清|准|出|到|好|定|明白)|不(?:知道|清楚|晓得|确定|好说|得而知)|难说|未定|待定|没(?:个|有)?准[信话]|没人(?:知道|清楚|晓得)"
    r"|(?<!有)没(?:个|给)?(?:说|讲|定|准|数|谱|人(?:知道|清楚|晓得|说))$"
)
EMBEDS_ZH = re.compile(
    r"(?:问(?!一?下|题)|说|讲|不知道|不清楚|不晓得|没说|没讲|不确定|告诉(?!我)|答应|核实|确认|了解了|打听|看看能|商量|讨论|研究|考虑|担心|看他|问他|问她|问了|再看)"
)
TELLS_ZH = re.compile(
    r"今天(?:上门|去了|跑了|到了|打了|打电话|回访了|拜访了|见了|走访了|我?去(?!哪|谁|的|几|了哪|了谁|了几))|刚(?:才)?(?:从|去|跟|打|到|见|回)|(?:上午|下午|早上|中午|昨天|前天|昨晚|今早)(?:上门|去了|到了|打|跟|和|见|来|我)|见到|聊了|谈了|电话打了|打了(?:电话|[几\d一两三四五]+)|打电话(?:给|过去|问)|约(?:了|好|在|定)|电话里|到现场|在现场|说好|老板(?:不)?在[,。]|[他她](?:说|讲|们说)|老板(?:说|讲|娘说)|对方说|(?:跟|和).{1,8}(?:聊|谈|说好|约好|通了?电话)|(?:买|付|还|用|花|进|投|借|存|欠|剩|转)了.{0,6}\d|\d+ ?[万亿]?元?(?:买|付|还|用|花|进|投|盖)了|没人接|没接|门锁|关着门|我(?:去了|问了|看了|跟|催|刚)|补充|更正|不对,|不是.{1,8},是"
)
ANSWERED = re.compile(r"\?\s*(?:无|没|有|否|不|是|对)")
MOVES = re.compile(
    r"(?:改|推迟|延|顺延|提前|换|挪|推|调)(?:到|成|至)|(?:推迟|取消|改期)(?!了?(?:吗|没|多少|几))|\b(?:move|shift|reschedule|postpone|cancel|push back|put off)\b"
)
ASKS_EN = re.compile(
    r"^(?:and |so |ok |hi |hello |hey )*(?:who(?:se|m|'s|s)?\b|which\b|what(?:'s\b|s\b| is| are| was| were| do| does| did| has| have| share| about|\b)|when(?:'s| is| was| did| do| does| were| will)\b|where(?:'s| is| are| do| should| did| am)|how\b|any(?:one|body)?\b|list\b|show\b|tell me|give me|find\b|count\b|compare\b|status of|update on|summary|(?:can|could|would) you|please (?:show|list|tell|give|find)|i(?:'d| would) like to (?:know|see)|do we|is there|are there|(?:is|are|has|have|had|does|do|did|was|were|will) (?:■|any|anyone|anybody|there|we|i|he|she|they|it|the|my|our|all)\b)",
    re.IGNORECASE,
)
EMBEDS_EN = re.compile(
    r"\b(?:asked|said|says|told|wonder(?:s|ed)?|don't know|doesn't know|didn't (?:say|know)|no idea|not sure|unsure|couldn't say|unclear)\b",
    re.IGNORECASE,
)
TELLS_EN = re.compile(
    r"\b(?:i (?:visited|went|met|saw|called|rang|spoke)|visited|went (?:to|out|through)|met (?:with |mr|ms|mrs|the)|called (?:on|the|them|him|her|mr|ms)|rang|spoke (?:to|with)|talked (?:to|with)|drove|dropped by|on site today|at (?:the|their) (?:yard|site|plant|factory)|this morning|this afternoon|(?:he|she|they|owner|boss|cfo) (?:said|says|told|promised|reckons?|walked|showed)|told me|said (?:that )?|no answer|voicemail|will try again|going back|i'll)\b",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """One width, one script, no needless space; what is read, never what is kept."""
    folded = unicodedata.normalize("NFKC", text.strip())
    if TRADITIONAL.search(folded):
        folded = script(folded, "zh").text
    folded = folded.replace("’", "'").translate({0x3001: ",", 0xFF0C: ",", 0x201C: '"', 0x201D: '"'})
    return " ".join(folded.split())


def asks(text: str) -> bool:
    """Whether folded text (a borrower's name may stand in it as ■) is put as a question or a request to see."""
    lang = language(text)
    if len(text) > LONGEST[lang] or MOVES.search(text.lower()):
        return False
    return _asks_zh(text) if lang == "zh" else _asks_en(text)


def tells(text: str) -> bool:
    """Whether it has the marks of a report: somebody went, called, said, paid."""
    lang = language(text)
    if len(text) > LONGEST[lang]:
        return True
    return bool((TELLS_ZH if lang == "zh" else TELLS_EN).search(text))


def may_tell(text: str) -> bool:
    """Whether folded text that asks could as well be a report: it has no question mark, and says more than it asks."""
    if text.endswith("?"):
        return False
    clauses = [clause for clause in CLAUSE.split(text) if clause.strip()]
    return len(clauses) > 1 or (tells(text) and len(text) > 12)


def _asks_zh(text: str) -> bool:
    clauses = [clause for clause in CLAUSE.split(text) if clause]
    asking = [_clause_asks_zh(clause) or _mark_asks(text, clause) for clause in clauses]
    if not any(asking) or (len(clauses) > 2 and not text.endswith("?") and UNSURE.search(text)):
        return False
    if len(clauses) > 1 and TELLS_ZH.search(text):
        return asking[0] and not TELLS_ZH.search(clauses[0])
    return True


def _clause_asks_zh(clause: str) -> bool:
    if LEAD_ZH.search(clause):
        return not clause.startswith(("看了", "查了"))
    bare = INDEFINITE.sub("", clause)
    found = ASKS_ZH.search(bare)
    if not found or (UNSURE.search(clause) and not clause.endswith("吗")):
        return False
    return not EMBEDS_ZH.search(bare[: found.start()])


def _mark_asks(text: str, clause: str) -> bool:
    """A clause that carries the question mark, though no word of asking: 「华兴机械停产了?」"""
    at = text.find(clause) + len(clause)
    if ANSWERED.match(text, at):
        return False
    return text[at : at + 1] == "?" and not EMBEDS_ZH.search(clause)


def _asks_en(text: str) -> bool:
    clauses = [clause.strip() for clause in CLAUSE.split(text) if clause.strip()]
    if not clauses:
        return False
    first = bool(ASKS_EN.search(clauses[0])) and not EMBEDS_EN.search(clauses[0])
    if len(clauses) == 1:
        return (first or text.endswith("?")) and not (EMBEDS_EN.search(text) and not first)
    if TELLS_EN.search(text) and not first:
        return False
    return first or (text.endswith("?") and bool(ASKS_EN.search(clauses[-1])) and not TELLS_EN.search(text))
