"""The words people ask with, Chinese and English, and what each of them asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

# A condition on borrowers: name -> words. The order is the order of reading; what is read is taken out.
CONDITIONS: Mapping[str, str] = {
    "never_visited": r"(?:从来?|从没|从未|一次都?|一次也)(?:还)?(?:没有?|未)?(?:去|走访|拜访|回访|看)过?|never (?:been )?(?:visited|seen)",
    "overdue_visits": r"(?:回访|走访|拜访|检查|该去|上门|贷后)[^,。]{0,4}(?:逾期|超期|过期|拖[着了]?|延误)(?:[没未]\w)?|(?:逾期|超期|过期)(?:还)?[没未]?(?:有)?(?:的)?(?:回访|走访|拜访|检查|去)|该去(?:的)?(?:还)?没去|(?:overdue|late|missed) (?:visits?|callbacks?|checks?|calls?)|(?:visits?|callbacks?|checks?) (?:\w+ ){0,2}(?:overdue|late|missed)|late with (?:\w+ )?(?:visits?|checks?|callbacks?)",
    "not_visited": r"(?:还)?(?:没有?|未)(?:人)?(?:怎么)?(?:去|跑(?!路)|走访|拜访|上门|回访|检查|见|联系)(?:看)?过?(?:的|了)?(?!上)|(?:not|n't|never)(?: yet)?(?: been)? (?:visited|seen|been to|called|checked|contacted|reported)|unvisited|still (?:to|need to) (?:be )?(?:visit(?:ed)?|see|called?|seen)|without a visit|no visit",
    "maturing": r"(?:快|即将|马上|将要?|就要)?到期(?:的)?|mature[sd]?|maturing|expir(?:e|es|ing)|falls? due|fall(?:ing)? due",
    "severe": r"(?:资金|现金流?)?(?:非常|严重|特别|极度|十分)(?:地)?(?:紧张|吃紧|缺钱|困难)|资金链(?:断了?|断裂|有问题|紧张)|severe(?:ly)?(?: cash)?(?: stress(?:ed)?)?|快撑不住|撑不下去|in serious trouble",
    "tight": r"(?:资金|手头|现金流?|周转|银根|钱)(?:面)?(?:比较|有点|有些|都|很|是否|是不是|最)?(?:偏)?(?:紧张?|吃紧|困难|不足|有问题|有压力)|缺钱|差钱|没钱|周转不(?:灵|开|过来)|偏紧|紧张|吃紧|(?:is |are )?(?:running )?(?:tight|short of (?:cash|money|funds)|short on (?:cash|money)|strapped|squeezed|struggling)|cash[- ](?:stress|strapped|trouble|problems?|tight|poor)(?:ed)?|liquidity (?:problems?|stress)|in (?:cash )?trouble|under (?:cash )?stress",
    "comfortable": r"(?:资金|现金流?|手头)(?:面)?(?:比较|很|都)?(?:正常|充裕|宽裕|健康|没问题|良好)|不缺钱|(?:cash|liquidity) (?:is |are )?(?:fine|comfortable|healthy|ok)|comfortable",
    "suspended": r"停工(?:了|的)?|项目停了|(?:work|project)s? (?:is |are |has |have )?(?:been )?(?:suspended|stopped|halted)|suspended",
    "completed": r"(?:已经?)?(?:完工|竣工|投产|建成)(?:了|的)?|(?:already )?(?:completed|finished)",
    "ahead": r"(?:进度)?(?:提前|超前)(?:于计划)?(?:的)?|ahead of (?:plan|schedule)",
    "on_schedule": r"按(?:计划|进度)(?:推进|进行)?|on (?:schedule|plan|track|time)",
    "behind": r"(?:项目|工程)?(?:进度|工期|计划)?(?:都|是否|是不是)?(?:落后|滞后|慢于|晚于|跟不上|赶不上|没达到|达不到|延期|拖期|拖延|慢了|偏慢)(?:于|了)?(?:计划|进度|预期|工期)?|没(?:有)?(?:按|跟上)(?:计划|进度)|进度慢|behind(?: (?:the )?(?:plan|schedule|milestones?|target|on (?:\w+ )?project))?|delayed|off (?:track|schedule)|slipping|running late|under plan",
    "wage_arrears": r"(?:拖?欠|没发|发不出|拖)(?:着|了)?(?:工人|员工)?(?:的)?(?:工资|薪水?|薪资)|(?:工资|薪水|薪资)(?:是否|还|都|有没有|有)?(?:拖?欠|没发|发不出|没有发|未发|发不起)(?:着|的|了)?|欠薪|(?:wage|salary|payroll) arrears|(?:wages|salaries) (?:are |been )?(?:unpaid|late|owed|overdue|in arrears)|unpaid wages|owe(?:s|d|ing)?(?: \w+){0,2} wages|not paying (?:wages|staff|workers)|behind (?:on|with) (?:wages|payroll|salaries)|wages",
    "supplier_arrears": r"(?:拖?欠)(?:着|了)?(?:供应商)?(?:的)?(?:货款|材料款|供应商)|supplier arrears|owe(?:s|d|ing)? (?:its |their )?suppliers|suppliers unpaid",
    "tax_arrears": r"欠税|拖欠税款?|税(?:款)?没交|tax arrears|owe(?:s|d|ing)? tax(?:es)?|unpaid tax(?:es)?|behind (?:on|with) tax(?:es)?",
    "utility_arrears": r"(?:拖?欠)(?:着|了)?(?:水电|电费|水费|水电费)|utility arrears|unpaid (?:power|electricity|utility|utilities)(?: bills?)?",
    "rent_arrears": r"(?:拖?欠)(?:着|了)?(?:房租|租金)|rent arrears|unpaid rent|behind (?:on|with) rent",
    "receivables_overdue": r"(?:应收(?:账款|款|帐款)?|回款|货款|下游)(?:收不回来?|逾期|拖着|困难|有问题|慢|被拖|变慢)(?:的|了)?|(?:overdue|late|slow|unpaid) receivables|receivables(?: are| is)?(?: overdue| slow| late)?|customers not paying|not getting paid",
    "inventory_buildup": r"(?:库存|存货)(?:积压|高|多|太多|卖不掉|压)(?:的|了)?|积压|inventory (?:build-?up|piling up|high)|unsold stock|overstock(?:ed)?",
    "orders_drop": r"订单(?:下滑|下降|减少|少了|下跌|萎缩|掉)(?:的|了)?|(?:falling|fewer|dropping|declining) orders|orders (?:are )?(?:down|falling|dropping|fell|declining)",
    "production_halt": r"停产(?:了|的)?|停业|关门|halted production|production (?:has |is )?(?:halt(?:ed)?|stopped|down)|stopped (?:production|producing)|shut down|closed down|not producing",
    "private_borrowing": r"民间借贷|高利贷|借了?(?:民间|私人)|private (?:borrowing|loans?|lenders?)|loan sharks?",
    "account_frozen": r"(?:账户|帐户|账号)(?:被)?(?:冻结|冻)(?:了|的)?|被冻结|(?:accounts? )?(?:is |are |been )?frozen(?: accounts?)?",
    "lawsuit": r"被起诉|起诉|涉诉|打?官司|诉讼|被执行|lawsuits?|sued|litigation|in court|legal (?:trouble|action|disputes?)",
    "owner_missing": r"(?:老板|实控人|实际控制人|法人|负责人)?(?:失联|跑路|不见了|失踪)(?:了|的)?|(?:owner|boss) (?:is |has )?(?:gone )?(?:missing|disappeared|vanished|ran away)",
    "asset_sale": r"(?:变卖|卖)(?:了|掉)?(?:资产|设备|机器|车辆|房产)|sell(?:ing)? (?:off )?(?:assets|equipment)|sold (?:assets|equipment)|asset sales?",
    "guarantor_trouble": r"担保人?(?:出问题|有问题|出事|困难|不行)(?:了|的)?|guarantors? (?:is |are )?(?:in )?(?:trouble|problems?)",
    "collateral_trouble": r"(?:抵押物?|押品|抵押品)(?:出问题|有问题|异常|被(?:卖|转移|查封|损坏)|丢失|不见|缺失|少)(?:了|的)?|collateral (?:is |are )?(?:in trouble|problems?|damaged|missing|seized|gone|transferred)|(?:damaged|missing|seized|transferred) collateral|problems? with (?:the )?collateral",
    "misuse": r"(?:贷款|资金)?(?:被)?挪用(?:贷款|资金)?(?:的|了)?|用途(?:不符|有问题|异常|不对|违规|不合规)(?:的)?|(?:没有?|不)按(?:合同|约定)?用途(?:使用|用款)?|misus(?:e|es|ed|ing)(?: \w+){0,3}|off[- ]purpose|diverted|diversion|off[- ]contract",
    "unreachable": r"(?:一直|多次|总)?联系不上(?:的)?|打不通(?:电话)?|找不到人|(?:un|not )reachable|can(?:not|'t) (?:be )?reach(?:ed)?|hard to reach",
    "loan_overdue": r"逾期(?:贷款|客户|的)?(?:了)?|欠息|欠本|还不上(?:钱|贷款|款|利息)?|不良(?:贷款)?(?:客户)?逾期|past[- ]due|overdue|in arrears|(?:missed|late) (?:payments?|instal?ments?)|not paying (?:interest|us)|behind on (?:payments?|interest|instal?ments?)|in default|default(?:ed|ing)?|delinquen(?:t|cy)",
}
SIGNALS = (
    "wage_arrears", "supplier_arrears", "tax_arrears", "utility_arrears", "rent_arrears", "receivables_overdue",
    "inventory_buildup", "orders_drop", "production_halt", "private_borrowing", "account_frozen", "lawsuit",
    "owner_missing", "asset_sale", "guarantor_trouble",
)  # fmt: skip
STATUSES = ("suspended", "completed", "ahead", "on_schedule")

CASES = r"(?:最)?危险的?|高风险|风险(?:最)?[高大]|(?:红|橙|黄|蓝)?色?(?:预警|警报|风险信号|旗|警示|风险点)|(?:风险)?案件|(?:风险)?案子|异常(?:情况|客户)?|问题客户|风险客户|(?:open |red |orange |yellow |blue )?(?:flag(?:s|ged)?|cases?|alerts?|warnings?|anomal(?:y|ies))\b|有(?:什么|哪些)?(?:风险|问题)"
PROMISES = r"承诺|答应(?:还|的|了)?|说好还|许诺|约定还款|promis(?:e|es|ed)|commitments?"
PAPERS = r"(?:报表|财报|财务资料)[^,。]{0,6}(?:没有?交|未交|没有?给|没有?收|未收|没到|还差|缺|欠|逾期|超期|迟交|晚交|拖|没来|没报|该交|要交|该催|要催)(?:的|了|上来)?|(?:没有?交|未交|没有?给|没有?收到|未收到|欠|缺|还差|逾期|超期|迟交|晚交|该交|要交|拖|催)(?:的|着|了)?[^,。]{0,5}(?:报表|财报|财务资料)(?:的)?|(?:late|missing|overdue|outstanding|unsubmitted|due) (?:financial )?(?:statements|financials)|(?:statements?|financials) (?:is |are |still |that |have |has )*(?:late|missing|overdue|outstanding|due|not (?:yet )?(?:in|here|received|handed in|come|arrived))|(?:not|n't) (?:yet )?(?:handed in|sent|submitted|given|delivered)(?: in)?(?: us)?(?: their| any| the)? (?:financial )?(?:statements?|financials)"
BROKEN = r"(?:没|未|没有)(?:能)?(?:兑现|履行|做到|还|守)|落空|失信|违约|爽约|不兑现|过期|broke(?:n)?|not kept|unkept|missed|failed|overdue"
AGENDA = r"(?:要|该|得|应该|需要|还要|准备|打算)(?:去|跑|走访|拜访|回访|看)(?:谁|哪|几|什么|多少)?\w?|(?:去|跑|拜访|走访|回访)(?:谁|哪[儿里些家几]?|几[家户])|安排|日程|行程|待办|任务|有(?:什么|哪些)?(?:要去的|回访|走访|拜访|检查)|有什么事|my (?:week|day|agenda|schedule|plan|visits?|tasks?|month)|(?:i|we) (?:need to |should |have to |must )?(?:visit|see|go)\b|(?:visits?|calls?|callbacks?) (?:are |is )?(?:due|planned|scheduled|coming)|due (?:this|next|today|tomorrow)|on (?:my|the) (?:agenda|schedule|plan|list)|to (?:visit|see|call)\b|where (?:do|should|am) i|(?:what|which) visits|upcoming visits"
DONE = r"(?:去|跑|走访|拜访|回访|看|报告|汇报)(?:了|过)|(?:谁|哪[几些]?[家户个])(?:去|走访|拜访)了|(?:was|were|been|got) (?:visited|seen|called)|did (?:we|i|\w+) (?:visit|see|call|go)|visited|reports? (?:came|come|were)"

RISK_CLASSES: Mapping[str, tuple[str, ...]] = {
    r"正常类|正常(?=贷款|客户|级)|normal(?:-|\b)(?: class| loans?| risk)?|classed normal": ("normal",),
    r"关注类|关注(?=贷款|客户|级|的)|special[- ]mention": ("special_mention",),
    r"次级类?|substandard": ("substandard",),
    r"可疑类?|doubtful": ("doubtful",),
    r"损失类|损失(?=贷款|客户)|loss[- ]class|class(?:ed)? (?:as )?loss": ("loss",),
    r"不良(?:类|率|贷款|客户)?|non[- ]?performing|npls?|bad loans?": ("substandard", "doubtful", "loss"),
}
PRODUCTS: Mapping[str, str] = {
    r"流动资金(?:贷款)?|流贷|working[- ]capital(?: loans?)?": "working_capital",
    r"固定资产(?:贷款)?|固贷|fixed[- ]assets?(?: loans?)?": "fixed_asset",
    r"项目(?:贷款|融资|贷)|project[- ](?:finance|loans?)(?: loans?)?": "project_finance",
}
SEVERITIES: Mapping[str, str] = {
    r"红(?=色|旗|牌|灯|的预警)|\bred\b": "red",
    r"橙(?=色|旗)|\borange\b": "orange",
    r"黄(?=色|旗|牌|灯)|\byellow\b": "yellow",
    r"蓝(?=色|旗)|\bblue\b": "blue",
}
GROUPS: Mapping[str, str] = {
    r"(?:按|分|各个?|每个?)(?:行业|产业)(?:分布)?|行业分布|(?:by|per|each) (?:industry|sector)|industry breakdown": "industry",
    r"(?:按|分|各个?|每个?)(?:风险)?(?:分类|等级|类别|五级分类)|(?:风险|五级)分类(?:分布|情况|结构)|(?:by|per|each) (?:risk )?class(?:es|ification)?": "risk_class",
    r"(?:按|分|各个?|每个?)(?:位)?(?:客户经理|经理|人员|人)(?:分)?|(?:by|per|each) (?:account )?(?:manager|officer|person)": "account_manager",
    r"(?:按|分|各个?|每个?)(?:贷款)?(?:产品|品种)|产品分布|(?:by|per|each) product": "product",
}
MEASURES: Mapping[str, str] = {
    r"(?:贷款)?余额|(?:total |loan )?balances?|outstanding(?! promises?| visits?| cases?)|exposure": "balance",
    r"(?:授信|合同|贷款|放款|发放)(?:总)?(?:金额|额度|总额|总量)|loan amounts?|total (?:lent|lending|amount|loans)|(?:how much )?(?:have we |we(?:'ve)? )?lent|granted": "amount",
    r"(?:已)?(?:提款|支用|用信)(?:额|金额|总额)?|drawn(?: amount)?|drawdowns?": "drawn",
    r"占(?:比|多少|几成)|比例|(?:what )?(?:share|percentage|proportion) of": "share",
    r"多少笔|几笔|how many loans|number of loans": "loan_count",
    r"(?<!哪)(?:一共|总共|共|合计|有)?(?:多少|(?<!哪)几)(?:家|户|个客户|个借款人|个|客户|企业)|(?:家|户|客户)数量?|数量|how many(?! loans| days| months| weeks| people| workers| staff)|number of (?:borrowers|clients|customers)|count": "count",
}
# A single field of one borrower.
FIELDS: Mapping[str, str] = {
    r"(?:工程|项目|建设)?进度|进展|完成了?(?:多少|几成|百分之几)|做到(?:哪|多少)|计划(?:进度|完成)|progress|how far|per ?cent(?:age)?(?: complete| done)?": "progress.percent",
    r"开工率|产能(?:利用率)?|负荷|capacity(?: utili[sz]ation)?|utili[sz]ation": "operations.capacity_percent",
    r"(?:多少|几个|几多|在岗)?(?:工人|员工|人手|人数|在岗人数|职工)(?:数)?|多少人|几个人|headcount|how many (?:people|workers|staff|employees)|employees|workforce": "operations.headcount",
    r"订单(?:量|情况|怎么样|变化)?|orders": "operations.orders_change_percent",
    r"营收|营业额|营业收入|销售额?|收入|生意|revenue|turnover|sales": "operations.revenue_change_percent",
    r"(?:贷款|资金|钱|款项?)(?:都|是|被|的)?(?:用在?|用到|用去|花在?|花到|花去|投到|去)(?:了)?(?:哪|什么|何处|哪里|哪儿)|用途|用款(?:情况)?|资金(?:用途|去向|流向)|怎么用的|买了(?:什么|啥)|use of (?:the )?(?:loan|funds|money|proceeds)|used (?:the )?(?:loan|money|funds)(?: for)?|(?:loan|money|funds)(?: been)? (?:used|spent|gone|go)|spen[dt](?: on)?|purposes?": "fund_usage",
    r"(?:还)?(?:剩|没动|未动|没用|未用|未动用|没花)(?:下|了|的)?(?:多少)?(?:钱|资金)?|账上(?:还)?(?:剩|有)?|unused(?: funds)?|not (?:yet )?(?:used|drawn)|left (?:over|on the account|in the account)|still left": "unused_funds.amount",
    r"(?:抵押(?:物|品)?|押品)(?:情况|状态|状况|价值|还在)?|collateral|security|pledge": "collateral.status",
    r"担保人?|保证人|guarantors?": "guarantor",
    r"(?:下次|下一次|下回)(?:什么时候|啥时候|何时|哪天|几号)?(?:再)?(?:去|联系|回访|走访|拜访|见|打)?|next (?:visit|contact|call|meeting|appointment)|when (?:do|will|should) (?:we|i) (?:next )?(?:visit|see|call|go)(?: next)?": "next_contact",
    r"(?:资金|现金流?|手头|钱)(?:状况|情况|面|怎么样|如何)|现金流|资金|cash(?: position| flow| situation| level)?|liquidity": "cash_stress.level",
    r"(?:资金|风险)信号|欠(?:了)?(?:谁|什么|哪些)|signals?": "cash_stress.signal",
    r"(?:贷款)?(?:什么时候|何时|几号|哪天)?到期(?:日|时间)?|matur(?:e|es|ity)(?: date)?": "matures_on",
    r"逾期(?:了)?(?:多少天|几天|多久)?|overdue(?: days)?|days overdue": "overdue_days",
    r"(?:贷款)?余额|还(?:欠|差)(?:多少)?|balance|outstanding|how much (?:do(?:es)? )?(?:they|it|he|she)?\s?owe": "balance",
    r"贷(?:款|了)(?:金额|额度|总额|多少)?|授信(?:额度)?|loan amount|(?:how (?:much|big)|size) (?:is |of )?(?:the |their )?loan|loans?": "amount",
    r"(?:风险)?(?:分类|等级|评级)|几级|哪一?类|risk class(?:ification)?|class(?:ification)?|rating": "risk_class",
    r"(?:联系|电话)(?:号码|方式|人)?|手机号?|phone(?: number)?|contact (?:person|number|details)|contact": "contact",
    r"地址|在哪(?:里|儿)?|什么地方|address|where is|located|location": "address",
    r"客户经理|谁(?:在)?(?:管|负责|跟)|管户|account manager|who (?:manages|handles|looks after|is responsible)|whose": "account_manager",
    r"(?:什么|哪个|所属)?行业|做什么(?:的)?|industry|sector|what do they do": "industry",
    r"里程碑|计划节点|节点|milestones?": "milestones",
    r"(?:财务)?报表|财报|流动比率|负债率|资产负债率|利息保障|statements?|ratios?|financials?": "statements",
    r"关联(?:方|公司|企业)|related part(?:y|ies)|affiliates?": "related",
    r"信号|signals?": "cash_stress.signal",
}
STATUS = r"(?:现在|目前|最近|近来|近期|这段时间|当前)?(?:的)?(?:怎么样|怎样|咋样|如何|什么情况|啥情况|什么样|情况(?:如何|怎么样|怎样|咋样)?|近况|现状|状况|好不好|还好|好吗|行不行|有(?:没有)?(?:什么)?(?:新)?(?:情况|变化|动静|消息)|什么状态)|how(?:'s|s| is| are| has| have)? (?:■ )?(?:doing|going|been|things)?|what(?:'s| is)(?: up| new| happening| the (?:status|situation|latest|news))?|status|situation|latest|overview|summary|update on|tell me about|about"
LAST = r"最近(?:是)?(?:什么时候|啥时候|何时|哪天|几号|谁)(?:去|走访|拜访|回访|看|联系|见|打)?(?:的|过)?|(?:上次|上一次|最近一次|最后一次|上回)(?:是)?(?:什么时候|啥时候|何时|哪天|几号|谁|多久)?(?:去|走访|拜访|回访|看|联系|见|打|报告)?(?:的|过)?|(?:多久|多长时间|几天|好久)(?:没|未)(?:去|走访|拜访|回访|联系|见)了?|(?:什么时候|啥时候|何时|哪天|几号|谁)(?:去|走访|拜访|回访|联系|见|看)(?:的|过)|last (?:visit(?:ed)?|time|seen?|contact(?:ed)?|call(?:ed)?|report(?:ed)?|been)|when (?:was|were|did) (?:■|we|i|they|it|the last)|how long (?:since|ago)|most recent (?:visit|report|contact)"
SINCE = r"从?(?:什么时候|啥时候|何时|哪天|几时)(?:就)?(?:开始|起)|多久了|多长时间了|几个月了?|多久|欠了(?:多久|几)|停了(?:多久|几)|since when|how long|for how long|how many (?:months|weeks|days)|when did .{0,40}(?:start|begin|stop)"
COMPARE = r"(?:跟|和|与|比|较)(?:起)?(?:上次|之前|以前|上回|上个?月|前次|上一次|去年)(?:比|相比|比起来)?|比(?:之前|以前|上次)|变化|好转|恶化|变好|变差|(?:更|越来越)(?:好|差|糟)|有(?:没有)?(?:改善|好转|恶化)|compared?(?: (?:with|to))?|versus|\bvs\b|(?:than|from|since) (?:last time|before|the last|last)|better|worse|improv(?:ed|ing|ement)|deteriorat(?:ed|ing)|chang(?:e|es|ed)"
WHO = r"谁|哪些|哪[几]?[个家户位]|哪[些]?(?:客户|企业|公司|借款人|项目)|什么(?:客户|企业|公司|样的客户)|有(?:没有|无)|是否|who(?:se|m|'s)?\b|which|any(?:one|body)?\b|list|show"
PEOPLE = r"客户|企业|公司|借款人|户头|名单|清单|列表|项目|borrowers?|clients?|customers?|companies|firms|accounts|projects?|names|portfolio|book"

# Words that carry nothing once the rest has been read.
FILLERS = r"请问|未结|未处理|没处理|待处理|处理|未了结|未关闭|严重|危险|重要|主要|大额|小额|重点|新增|所有|全部|各类|各|每|新|旧|需要|应该|可能|已经|\b(?:open|pending|unresolved|outstanding|worst|biggest|largest|new|important|main|every|each|only|also|just|really|already|lately|recently)\b|请|麻烦|帮(?:我|忙)|给我|我想(?:知道|问|看|了解)(?:一下)?|想(?:知道|问|看|了解)(?:一下|下)?|问(?:一)?下|查(?:一)?(?:下|查|看|询)?|看(?:一)?(?:下|看)|列(?:一)?(?:下|出来|出)?|说(?:一)?(?:下|说)|讲讲|告诉|统计(?:一)?下?|汇总(?:一)?下?|显示|介绍|我们|咱们|我的|我手上|我手里|手上|手里|名下|我|你|他们|它们?|的|了|吗|呢|吧|啊|呀|嘛|是|在|有|都|还|就|又|也|最|现在|目前|当前|最近|今天|那|这|个|家|户|些|一共|总共|合计|共|多少|几|哪|谁|什么|怎么样|情况|超过|大于|高于|以上|多于|低于|小于|不到|以下|少于|前|名|大|管理|负责|里面?|中|和|与|或|且|以及|贷款|业务|资产|请你|一下|出来|没有|是不是|是否|占比?|比例|\b(?:the|a|an|of|in|on|at|for|to|and|or|with|is|are|was|were|be|been|do|does|did|has|have|had|my|our|me|we|i|us|you|your|they|their|them|it|its|that|this|these|those|there|any|all|some|please|can|could|would|tell|show|list|give|find|check|who|whom|whose|which|what|when|where|how|much|many|long|still|yet|now|currently|right|total|sum|more|less|than|over|under|above|below|by|from|since|about|today|borrowers?|clients?|customers?|companies|firms|loans?|accounts?|people|names?|days?|weeks?|months?|years?|managed|manager|account|city|so|far|as|s|not)\b"


@cache
def pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
