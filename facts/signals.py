"""What the signs of cash stress sound like: for each signal, the words that state it."""

from __future__ import annotations

import re
from functools import cache

_OWE = r"(?:拖欠|还欠|欠着|欠了|欠下|欠|差着|赊欠|赊着|赊了|拖着|压着|拖了|压了)"
_WAGE = r"(?:工资|薪水|薪资|工钱|薪酬|社保|员工钱|工人的钱|工人钱|劳务费)"
_UTIL = r"(?:水电费?|电费|水费|燃气费|气费|煤气费|天然气费)"
_RENT = r"(?:房租|租金|厂租|店租|地租|场租|租地钱)"
_TAX = r"(?:税款|税费|税金|增值税|所得税|土地税|税)"
_SUP = r"(?:供应商|供货商|上游|材料商|原料商|钢材商|饲料商|厂家|卖家|施工队|承包商|包工头|分包|总包|工程队|料款|材料款|原料款|采购款|收购款|饲料款|钢材款|布料款|应付账款|组件款|油款|油费|油钱|加油站|料钱|货钱|运费|货款|设备款|设备尾款|工程款|加工费)"
_UNPAID = r"(?:没给|没付|没结|未付|未结|付不出|付不起|付不上|给不出|结不了|结不出|欠着|还欠|拖着|没钱付|没钱给|拖欠|逾期未付|交不上|交不起|没交|未交|未缴|缴不上|缴不起|拖了|压着|欠了|欠|没缴|打不出来|拿不出)"

ZH: dict[str, tuple[str, ...]] = {
    "wage_arrears": (
        rf"{_OWE}(?!税)[^，。；没不未]{{0,10}}{_WAGE}",
        r"欠薪|讨薪|讨要工资|讨工资|要工资来",
        rf"{_WAGE}[^，。；没不未]{{0,10}}(?:没发|没有发|没开|未发|发不出|发不了|发不下来|没给(?!我看)|没有给|未能发|未按时发|没按时发|不能按时|拖欠|拖着|拖了|还欠|欠着|欠了|停发|没着落|没拿到|没领到|压着|压了|断了|晚发|推迟发|没结|欠发|欠|(?:只|才)?发了P)",
        rf"(?:没发|没开|发不出|发不了|开不出|停发|未发|没给工人发|没拿到|没领到|拿不到|没领|欠发|缓发)[^，。；]{{0,8}}{_WAGE}",
        r"T(?:多|来)?没(?:有)?(?:给[^，。；]{0,5})?(?:发钱|开支|发薪|发工资|开工资|开薪|开钱)",
        r"T没发(?=了|，|。|$)",
        rf"T(?:都|也|了)?(?:没|未)(?:有)?(?:见着|见到|看到|看见|领到|拿到)[^，。；]{{0,4}}{_WAGE}",
    ),
    "supplier_arrears": (
        rf"{_OWE}(?!我们|咱们|银行|税|薪)(?:着)?[^，。；]{{0,12}}{_SUP}",
        r"(?:付不出|付不起|付不上|给不出|结不了|没钱付|没钱给|没付|未付|没结|未结清|拖欠)[^，。；]{0,6}(?:供应商|供货商|材料款|料款|原料款|货款给|采购款|组件款|饲料款|钢材款|工程款|尾款)",
        rf"(?:供应商|供货商|材料商|料款|材料款|原料款|采购款|饲料款|钢材款|布料款|组件款|应付账款|包工头|施工队|施工方|工程款|承包商|分包)(?:的)?(?:钱|款|货款|账|工钱)?[^，。；没不未]{{0,8}}{_UNPAID}",
        r"(?:供应商|供货商|材料商|卖料的|送料的|钢材商|饲料商|饲料厂|卖饲料的)[^，。；]{0,10}(?:上门(?:要|讨|催)|堵门|催款|催着要|堵(?:在|着|了)[^，。；]{0,6}(?:要|讨|催)(?:货款|钱|账|料款)|停止?供货|不肯供货|不供货|不给发货|断供|不发货|来要账|追着要|要现款)",
        r"(?:外面|上游)(?:还)?欠着?(?:人家|别人)?[^，。；]{0,6}(?:料钱|货钱|货款|料款)",
    ),
    "tax_arrears": (
        rf"(?:拖欠|欠着|欠了|欠缴|欠交|欠)(?!薪)[^，。；资租电]{{0,8}}{_TAX}",
        rf"{_TAX}[^，。；没不未]{{0,8}}(?:没交|没缴|未缴|未交|欠着|欠了|拖着|拖欠|没报|交不上|交不起|缴不上|还欠|欠|逾期)",
        r"(?:税务局|税务)[^，。；]{0,8}(?:催缴|催款|追缴|下了?(?:通知|催)|上门催|催税)",
    ),
    "utility_arrears": (
        rf"(?:拖欠|欠着|欠缴|欠交|欠了|欠|没交|没缴)[^，。；薪税]{{0,12}}{_UTIL}",
        rf"{_UTIL}[^，。；没不未]{{0,8}}(?:没交|没缴|未缴|未交|欠着|欠了|拖着|拖欠|交不上|交不起|还欠|也欠|欠|没钱交|拖了)",
        r"(?:被|让人家|给|让)?[^，。；]{0,5}(?:拉闸|断电|停电|掐电|断水|停水|断气)(?=[^，。；]{0,8}(?:欠费|没交|欠))",
        r"欠[^，。；]{0,4}(?:供电所|供电局|电力公司|自来水公司)",
        r"(?:供电所|供电局|电力公司)[^，。；]{0,6}(?:催缴|催费|拉闸|断电)",
    ),
    "rent_arrears": (
        rf"(?:拖欠|欠着|欠了|欠缴|欠交|欠|没交|交不上|交不起)[^，。；薪税]{{0,8}}{_RENT}",
        rf"{_RENT}[^，。；没不未]{{0,10}}(?:没交|没给|未交|未付|没付|欠着|欠了|拖着|拖欠|交不上|交不起|还欠|也欠|欠|拖了|付不出|付不起)",
        r"(?:欠|差)[^，。；]{0,4}房东|房东[^，。；]{0,8}(?:催租|要赶|催房租|来催|锁门|换锁)",
    ),
    "receivables_overdue": (
        r"(?:货款|账款|运费|工程款|加工费|应收账?款?|尾款|结算款|回款|账|款项|款子|钱|款|尾账|学费)[^，。；没不未]{0,12}?(?:收不回来?|收不上来|要不回来|要不到|回不来|收不到|迟迟(?:不|没|未)|一直(?:不给|没给|没回|没结|拖|不结|没到|没付|没打)|一拖再拖|拖着不给|拖着没给|没收回来?|没收上来|没回来|逾期|没给他?结|没跟他?结|没结(?!束|婚|论|构)|没有结|回得慢|回款慢|未收回|没打过来|没到账|压着没给|拖了T没给|拖了T|被拖|不给结|不结|拖欠)",
        r"(?:客户|下游|经销商|采购商|甲方|业主|买家|主机厂|猪贩子|收购商|超市|商超|学校|食堂|平台|渠道商|代理商|总包|工地|贩子|大户|外商|品牌方|批发商|发包方|开发商)[^，。；]{0,16}(?:没给(?:他|钱)?|没付|没结|未付|拖着|拖欠|赊欠|一拖再拖|不给钱|不结账|不付|欠着?他|欠着?(?:他们|货款|运费|工程款|账)|欠了|拖了|压了[^，。；]{0,10}(?:没|钱|款|A)|压着[^，。；]{0,6}(?:没给|款|钱|货款)|还欠(?:着|他|A)|欠(?=A)|没回款|不回款|没打款|拖账|拖款|不给结|压款|压账)",
        r"账期[^，。；]{0,10}(?:拉长|延长|变长|拖长|改成|改到|拖到|加长|从)|拉长(?:了)?账期",
        r"应收账款[^。；无未没]{0,24}逾期|回款[^，。；]{0,6}(?:慢|困难|不畅|滞后|放缓|难|不及时|拖)|应收(?:账款)?[^，。；没未无]{0,14}(?:逾期|收不|增加较多|拖|压|积压|难收|没回来|挂着|偏高|超期)",
        r"(?:下游|外面|客户|外头)[^，。；]{0,4}(?:压着?|拖着?|欠着?)[^，。；]{0,6}(?:A|货款|钱)",
        r"(?:A|钱)[^，。；]{0,4}(?:货款|账款|运费|工程款|账)[^，。；没]{0,10}(?:收不回|没收回|没回来|要不回|没要回|没结|拖|不给|没给|逾期|在外面|压着|没到)",
        r"A[^，。；没]{0,8}(?:没收回来?|收不回来?|没回来|要不回)|收账(?:难|收不|跑断|也收)|(?:账|钱)不好收|要账(?:要不|难)|催款(?:难|催不)",
    ),
    "inventory_buildup": (
        r"库存[^，。；没不未]{0,8}(?:积压|压了|压着|高企|偏高|较高|很高|高|多|大|堆|上升|增加|爆|卖不|走不|消化不|去不)|积压(?!款|的?账)|(?:产成品|成品|货(?!款)|产品|存货)[^，。；没不未]{0,8}(?:卖不(?:出|掉|动)|堆(?:满|积|成|得|在)|压(?:了|着|在)(?!没给|款)[^，。；]{0,10}(?:库|仓|货|手里)?|滞销|走不动|出不去|销不(?:出|掉|动))",
        r"仓库[^，。；]{0,5}(?:全是|都是)(?:货|成品|存货)|仓库[^，。；没不]{0,10}(?:堆|压|满|塞)[^，。；]{0,14}(?:货|满|卖不|压|成品|堆|积)|压着一?(?:大批|批|堆|仓)|(?<!房子)(?<!楼)卖不(?:出去|掉|动)|压(?:了|着)有?A+的?货|滞销|压货|囤积?(?:卖不|出不)",
    ),
    "orders_drop": (
        r"(?:订单|单子|接单|活儿?|生意单|订货|订单量)[^，。；没不未]{0,12}?(?:少了|下滑|下降|减少|萎缩|锐减|骤减|掉了|跌了|砍了|砍掉|缩水|腰斩|降了|降到|下来了|缩减|大减|滑坡|掉|减|降|淡|不足|不够|少)",
        r"(?:订单|单子)(?:量)?(?:今年|现在|目前|也|就|都)?(?:只有|仅为?|才|不到|只剩|剩下?)(?:去年|往年|上年|同期)?[^，。；]{0,6}P",
        r"(?:客户|主机厂|外贸|订单)[^，。；]{0,6}(?:砍单|撤单|取消了?订单|退单|减单)|丢了[^，。；]{0,8}(?:客户|订单|单子)|(?:订单|单子)(?:量)?[^，。；没不未]{0,6}(?:往下走|走低|往下掉|下行|走下坡)|没(?:什么|啥|有)?(?:新)?(?:订单|单子|活干|活儿|活)|订单断了|断单|接不到(?:新)?(?:单|订单|活)|没单",
    ),
    "production_halt": (
        r"停止(?:经营|生产|营业)|停产(?!一条|两条|检修|整顿?完)|停业|歇业|歇着|关门(?:了|大吉|歇业|停业|谢客)|关张|倒闭|生产[^，。；没不未]{0,6}(?:停了|停着|停下|中断|全停|停止|停摆|暂停)|(?:机器|设备|车间|生产线|产线|厂子|厂里|全厂|整个厂|工厂|企业|厂)(?:里|也|都|全|现在|已经?|基本|一直|就|目前|上上?(?:周|月|个月)|[^，。；没不未]{1,4}月份?|D+){0,3}(?:停了|停着|停摆|停下来|停工|停转|没开(?!会)|不转|全停|停掉|处于停)|停摆|停工待料|停火了|停炉|熄火|关着(?=，|大概|有|快|T)|关了(?:有|快|已经)?(?:将近)?T|(?<!手机)(?<!电话)停机(?!检修|维护|位)(?=.{0,6}(?:T|没))|不开工了|没开工(?!率)(?=T)|铁将军.{0,6}没生产",
    ),
    "private_borrowing": (
        r"民间(?:借贷|借款|融资|借了|拆借)|高利贷|借(?:了|着)?[^，。；]{0,8}(?:利滚利|月息|三分利|五分利|两分利|几分利|高息)|(?:小贷公司|典当行|网贷|地下钱庄)[^，。；]{0,8}(?:借|贷|拆)|(?:跟|向|找|问|从)[^，。；]{0,8}(?:小贷公司|典当行|网贷平台|地下钱庄)[^，。；]{0,8}(?:借|贷|拆|拿)",
        r"(?:跟|向|找|问|从|管)[^，。；]{0,6}(?:亲戚|朋友|亲友|私人|熟人|外面|老乡|同学|社会上|个人|外头|亲戚朋友|民间|亲家|战友|邻居|丈人|岳父|姐夫)[^，。；]{0,8}(?:借了|借的|借着|借钱|拿了|拆借|筹了|倒了|挪了|凑了|借(?!给))",
        r"(?:靠|全靠)(?:借|东拼西凑|亲戚|朋友)|东挪西借|网上(?:借|贷)了?|到处借|借遍|借了一圈|四处借|拆东墙补西墙|私人借款|外面借了",
    ),
    "loan_overdue": (
        r"欠息|(?:贷款|利息|本金|本息|月供|还款|信用社[^，。；]{0,6}|别的银行[^，。；]{0,6}|他行贷款)[^，。；没不未无]{0,12}?(?:逾期|没还上|没还|没有还|没交|未还|未付|未归还|没按时|还不上|还不出|断供|没付|欠着|拖着|没到账|欠了|没结|断了|展期不了)|逾期(?!未付货款|账款|应收)[^，。；]{0,6}(?:贷款|利息|本金|未还)|(?:贷款|借款)[^，。；未无没不]{0,6}逾期|(?:拖欠|欠)(?:着|了|的)?(?:我行|咱们|我们|银行)?[^，。；]{0,6}(?:利息|本息|贷款本金)|信用卡?逾期|(?:没还|未还|没交|没付|断了|未付|没结)[^，。；货房税电]{0,6}(?:利息|本息|本金|月供)|征信[^，。；]{0,6}逾期",
        r"(?:逾期)(?:了)?(?:已经?)?T|已逾期T",
    ),
    "account_frozen": (
        r"(?:账户|账号|户头|卡|账上的钱|存款|对公户|基本户|公户)[^，。；没不未]{0,10}?(?:冻结|被冻结|被冻|冻了|封了|被封|冻着|让法院冻|冻住)|冻结[^，。；]{0,8}(?:账户|存款|账号)",
    ),
    "lawsuit": (
        r"(?:被|遭|让(?:人家?|法院|供应商|客户|银行|对方))[^，。；]{0,10}(?:起诉|告了|告上|告到|诉至|诉讼|诉到|告法院|诉上|提起诉讼)|(?:成了|列为|列入|成为|是)[^，。；]{0,4}(?:被执行人|失信|老赖)|被执行人|法院(?:的)?传票|收到传票|打官司(?!.{0,4}赢)|吃官司|(?:买卖|借款|工程|劳动|租赁|货款)(?:合同)?纠纷(?:案|，标的|被诉)|标的额|提起诉讼|提出诉讼|诉至|官司缠身|被申请(?:强制)?执行|涉诉|涉及诉讼|诉讼(?:案件)?\d+[起件]|起诉(?:他|他们|借款人|企业|该公司|了他)|告了他|诉讼纠纷|限高|强制执行",
    ),
    "owner_missing": (
        r"(?:老板|老总|法人|实控人|实际控制人|法定代表人|负责人|老板娘|他们老板|总经理|[一-龥](?:总|老板)|(?<![的工客路])人(?=跑|不见|没影|失联|找不到|早|也|已|都))[^，。；没不]{0,12}?(?:跑路|跑了(?!一|两|几|三|趟)|失联|失踪|联系不上了|不见了|找不到人|不知去向|下落不明|去向不明|溜了|躲债|卷款|出国不回|没影|没了影|人间蒸发|联系不上人)|跑路|失联|卷款|人去楼空|躲债",
    ),
    "asset_sale": (
        r"(?:为了?|靠|急着|急于|好)(?:筹|凑|还债|还贷|还钱|周转|发工资|应急|套现|回笼)[^。；]{0,14}(?:设备|机器|车|船|厂房|机床|铺|房|吊车|叉车)[^，。；没不未]{0,6}(?:卖|处理|出手|转让|处置)(?:了|掉)",
        r"(?:卖了|变卖|卖掉|处理了|处置了|出手了|转让了|抛售|贱卖|典当了|甩卖)[^，。；]{0,14}(?:设备|机器|车|房|厂房|机床|商铺|地|资产|叉车|吊车|船|股份|门面|生产线|线|挖机|旧货)(?!间)[^。；]{0,14}(?:换|周转|还债|变现|套现|回笼|应急|救急|凑|补|顶|发工资|填|过关|撑|资金|现金|交|度日|付)?",
        r"(?:设备|机器|车|地(?!方)|房子|厂房|机床|商铺|叉车|吊车|船|门面|挖机|奔驰|宝马|货车|套房|住房)[^，。；没不未]{0,8}(?:卖了|变卖|卖掉|处理了|出手了|贱卖|抛售|给卖|低价卖|折价卖|转手卖)[^。；]{0,16}(?:换|周转|还(?:债|贷|账|钱|高利贷|银行|了)|变现|套现|回笼|应急|救急|凑|补|顶|发工资|填|资金|现金|交|付)",
    ),
    "guarantor_trouble": (
        r"(?:担保人|担保方|担保公司|担保企业|保证人|担保的|互保|联保)[^。；]{0,22}?(?:出问题|出了问题|出事|不想|退出|撤保|资金链|被起诉|失联|跑路|无力代偿|没能力|无代偿|被查|破产|逾期|停产|失信|被执行|不愿意?|不肯|要退|也不行|自身难保|账户[^，。]{0,4}冻|反悔|不担了|欠|官司|起诉|查封|丧失|冻结|限高|出险|恶化|去世|病重|离婚|不给担)",
        r"(?:不想|不愿|不肯|不再)(?:再|意|给他|继续|为)?[^，。；]{0,5}担保",
    ),
}  # fmt: skip

EN: dict[str, tuple[str, ...]] = {
    "wage_arrears": (
        r"(?:have|has|had)n't (?:\w+ )?paid (?:\w+ ){0,3}(?:wages|salaries|payroll|workers|staff)",
        r"(?:wages|salaries|payroll|pay|wage bill|staff|workers|workforce)(?: \w+){0,4} (?:unpaid|overdue|in arrears|behind|not been paid|haven't been paid|hasn't been paid|late|missed|owed|outstanding|not paid|gone unpaid|aren't being paid|hasn't gone out|are being held)",
        r"(?:behind (?:on|with) (?:\w+ ){0,2}(?:wages|payroll|salaries|pay)|wage arrears|unpaid (?:wages|salaries)|owes? (?:\w+ ){0,4}(?:wages|salaries|back pay|pay)|owed (?:\w+ ){0,4}(?:wages|pay|salar)|missed (?:the |last |this )?(?:\w+ )?payroll|arrears of (?:wages|salar)|without pay|not paid (?:the |any )?(?:wages|staff|workers|men|salaries)|can't (?:pay|make) (?:the |their )?(?:wages|payroll|staff|workers|men))",
    ),
    "supplier_arrears": (
        r"(?:suppliers?|contractors?|subcontractors?|builders?|vendors?|haulier|mill|feed merchant|feed company)(?: \w+){0,4} (?:unpaid|not been paid|haven't been paid|hasn't been paid|owed|overdue|chasing|stopped deliver\w+|on stop|are owed|is owed|refus\w+ to (?:deliver|supply)|cut (?:them|him|her) off|stopped supplying)",
        r"(?:owes?|owing|behind (?:on|with)|overdue to|late (?:in )?paying|slow to pay|unpaid|arrears (?:to|with)|can't pay|couldn't pay|haven't paid|hasn't paid|have not paid|has not paid|due to|unable to pay|outstanding to|stretching)(?: (?!tax|vat|wage|rent|workers|staff|invoice)\w+){0,5} (?:suppliers?|contractors?|subcontractors?|builders?|vendors?|supplier invoices|raw material bills?|materials|trade creditors|creditors|mill|merchant)(?! (?:hasn't|haven't))",
        r"supplier (?:arrears|bills? (?:are |is )?(?:overdue|unpaid))|trade creditors (?:\w+ ){0,3}(?:overdue|stretched|unpaid)",
    ),
    "tax_arrears": (
        r"(?:behind (?:on|with)|owes?|owing|arrears of|unpaid|overdue|late (?:on|with)|hasn't paid|haven't paid|not paid|have not paid|has not paid)(?: (?!wage|rent|supplier)\w+){0,4} (?:tax(?:es)?|vat|paye)\b",
        r"\b(?:tax(?:es)?|vat|tax bill|paye|tax man|revenue authority|taxman)(?: \w+){0,4} (?:unpaid|overdue|in arrears|behind|outstanding|not been paid|hasn't been paid|owed|late|is chasing)|tax arrears",
    ),
    "utility_arrears": (
        r"(?:power|electricity|electric|water|gas|utility|utilities|energy)(?:'s)?(?: (?:and|water|power|gas|rent|electricity))*(?: bills?| company| board| account| charges)?(?: \w+){0,4} (?:unpaid|overdue|in arrears|behind|not been paid|hasn't been paid|haven't been paid|outstanding|owed|cut (?:them )?off|disconnected|late|months down)",
        r"(?:couldn't pay|can't pay|could not pay|unable to pay|behind (?:on|with)|owes?|unpaid|overdue|haven't paid|hasn't paid|not paid)(?: \w+){0,4} (?:power|electricity|electric|water|gas|utility|utilities|energy)(?: bills?)?\b|(?:power|electricity) (?:was |has been |is )?cut off for non-?payment",
    ),
    "rent_arrears": (
        r"\brent(?: \w+){0,4} (?:behind|unpaid|overdue|in arrears|owed|outstanding|late|not been paid|hasn't been paid|T behind)|rent (?:\w+ )?T+ (?:behind|overdue|late|in arrears|owing)|rent arrears",
        r"(?:behind (?:on|with)|owes?|unpaid|haven't paid|hasn't paid|not paid|in arrears (?:on|with)|missed)(?: (?!supplier|wage|tax)\w+){0,4} rent\b|(?:landlord|owes)(?: \w+){0,4} (?:T|months?) (?:of )?rent|landlord (?:is )?(?:chasing|threatening)|landlord is owed",
    ),
    "receivables_overdue": (
        r"(?:customers?|buyers?|clients?|distributors?|retailers?|wholesalers?|dealers?|main contractor|developer|supermarkets?|chain|importer|exporter|debtors?|purchaser)(?: (?!supplier)[\w']+){0,6} (?:hasn't paid|haven't paid|not paid|has not paid|have not paid|owes? (?:them|him|her)|owe (?:them|him|her|it)|paying late|pays? late|slow(?:er)? to pay|paying slowly|late paying|late in paying|overdue|stretching|not paying|won't pay|behind on (?:its|their|his) (?:invoices|payments)|dragging (?:its|their|his) feet|sitting on|yet to pay|still owes?|is holding back|are holding back|isn't paying|aren't paying|stopped paying|taking T|overdue with)",
        r"(?:receivables?|debtors|invoices?|collections?|accounts receivable)(?:,? [\w']+){0,10} (?:overdue|late|unpaid|past due|not been paid|slow|uncollected|outstanding|stuck|slipping|slipped|stretched|aged|outstanding beyond|hard to collect|beyond terms|past terms|over T)|cheques?(?: [\w]+){0,5} bounced|(?:overdue|late|unpaid|outstanding|past[- ]due) (?:\w+ )?(?:receivables?|debtors)|(?:owes?|owing|owed) (?:him|her|them|it) (?:about |around |some |nearly |over |roughly )?(?:A|money)|owing A|unpaid invoices (?:from|by) (?:customers|buyers)|struggling to collect|can't collect|(?:payment|credit) terms (?:have |has |were |was )?(?:been )?(?:stretched|extended|lengthened|pushed)|stretched (?:his|her|their|its)?\s?(?:payment )?terms|waiting (?:on|for)(?: \w+){0,4} (?:from|by) (?:customers|buyers|clients|a customer|a buyer|the buyer|its customers|their customers|his customers)",
    ),
    "inventory_buildup": (
        r"(?:warehouse|store(?:room)?|yard|shed|godown|stockroom|depot)(?: [\w']+){0,4} (?:stuffed|full|piled|packed|crammed|stacked|overflowing|bursting)(?: [\w']+){0,3}|(?:stock|inventory|finished goods|goods|inventories)(?: [\w']+){0,5} (?:piling|piled|building up|built up|unsold|not moving|backed up|stacked up|won't sell|can't sell|hard to shift|swollen|up sharply|isn't moving|aren't moving)|unsold (?:\w+ )?(?:stock|inventory|goods|\w+s)\b|(?:they |he |she )?can't (?:sell|shift) (?:them|it)|stock build-?up|inventory build-?up|overstocked|sitting on (?:\w+ ){0,5}unsold",
    ),
    "orders_drop": (
        r"\b(?:orders?|order books?|bookings|order intake|order volume|order flow)(?: (?!not|n't)[\w'%]+){0,5} (?:down|fell|fallen|dropped|drop|declined|halved|shrunk|shrinking|off|lower|slumped|dried up|collapsed|thin|slipping|cut|falling|decreased|weak|weaker|contracted|plunged)|\borders? (?:down|fell|off|dropped|halved|halve|slumped|declined)|(?:drop|fall|decline|slump|decrease|slide|reduction) (?:of P+ )?in (?:\w+ )?(?:orders|bookings|order intake|the order book)|fewer orders|lost (?:\w+ ){0,4}(?:contract|customer|orders|client)|(?:cancelled|cut|pulled) (?:\w+ ){0,3}orders?",
    ),
    "production_halt": (
        r"(?:production|plant|factory|garage|salon|clinic|quarry|firm|company|works|line|lines|machines|mill|kiln|shop|business|workshop|operations?|restaurant|bakery|yard|they|site|everything)(?: (?!not|n't|next)[\w']+){0,4} (?:stopped(?! (?:paying|supplying|answering|deliver|taking|by))|halted|shut(?: down)?|closed(?: down| its doors)?(?! a| the| on)|idle|at a standstill|standing idle|stood idle|ceased|suspended operations|mothballed|not running|down since|silent)|ceased (?:production|trading|operations)|closed (?:its|their) doors|standstill|stopped (?:production|trading|work|operating|working)|shut down (?:the|its|their) (?:plant|factory|production)|no production|halted production|not producing|nothing(?:'s| is) running|production (?:halt|stoppage)",
    ),
    "private_borrowing": (
        r"borrow(?:ed|ing|s)?(?: [\w',]+){0,6} from (?:\w+ ){0,2}(?:friends?|family|relatives?|private lenders?|a private|moneylenders?|a money ?lender|loan sharks?|his|her|cousin|in-laws|a shark|an uncle|neighbou?rs|informal)|money ?lenders?|loan sharks?|private (?:loans?|borrowing|lenders?|money)|informal (?:loans?|borrowing|lenders?)|payday loans?|shadow lenders?",
    ),
    "loan_overdue": (
        r"(?:loan|interest|instal?l?ments?|repayments?|principal|mortgage|facility|debt service)(?: (?!rate|not|no|never|free|n't|cover)[\w']+){0,5} (?:overdue|unpaid|past due|in arrears|late|missed|not paid|not been paid|hasn't been paid|haven't been paid|in default|outstanding since|behind|hasn't come|hasn't been met)|overdue (?:loan|interest|instal?l?ment|repayment|principal)|unpaid interest|(?:missed|skipped|behind (?:on|with)|in arrears (?:on|with)|defaulted on|late (?:on|with)|hasn't paid|haven't paid|has not paid)(?: \w+){0,5} (?:interest|instal?l?ments?|repayments?|loan payments?|loan|principal|mortgage|payments? to us)|the overdue A|the A+ (?:of )?arrears|behind with us|in default|interest arrears|in arrears with us",
    ),
    "account_frozen": (
        r"(?:account|accounts|bank account|funds)(?: [\w']+){0,5} (?:frozen|blocked|attached|garnished|on hold|restrained)|freezing order|froze (?:\w+ ){0,4}accounts?|frozen accounts?",
    ),
    "lawsuit": (
        r"(?:taken|taking|takes|took|dragged) (?:\w+ ){0,3}to court|\bsued\b|\bsuing\b|\bsues\b|lawsuit|law suit|court orders?(?! for)|court (?:summons|action|case|judg[e]?ment|order against)|legal action|being sued|writ|supplier's claim|filed (?:a )?(?:claim|suit|case)|judg[e]?ment (?:debtor|against)|litigation|proceedings (?:against|have been)|served with|enforcement (?:order|proceedings)|statutory demand|winding[- ]up",
    ),
    "owner_missing": (
        r"(?:owner|boss|director|he|she|proprietor|managing director|founder|mr \w+|mrs \w+|ms \w+)(?: (?!not|phone|n't)[\w']+){0,5} (?:disappeared|vanished|run off|done a runner|skipped town|missing|absconded|fled|gone to ground|cannot be found|can't be found|nowhere to be found|left the country|gone missing|did a runner|bolted|uncontactable|not been seen)|(?:run off|done a runner|absconded|skipped town|vanished)",
    ),
    "asset_sale": (
        r"(?:sold|selling|sells|selling off|sold off|flogging|flogged|auctioned|offloaded|disposed of|pawned)(?: (?!by|to friends)[\w',]+){0,8} (?:to (?:raise|get|free up|generate|find|make|pay|cover|meet|keep)|for cash|raise cash|to stay afloat)",
    ),
    "guarantor_trouble": (
        r"guarantors?(?:,? [\w']+,?){0,7} (?:wants? out|out|withdraw\w*|trouble|insolvent|bankrupt|sued|default\w*|broke|pulled? out|refus\w+|frozen|bust|liquidation|unable|step(?:ping)? (?:down|back)|released|missing|distress|died|difficulty|difficulties|overdue|can't|cannot|under|failing|failed|struggling|court|collapsed)",
    ),
}  # fmt: skip

GATES_ZH: dict[str, str] = {
    "wage_arrears": "工资 薪 工钱 社保 发钱 开支 开钱 工人的钱 劳务费 没发",
    "supplier_arrears": "供 料 商 饲料 包工 施工 款 承包 分包 上游 货 费",
    "tax_arrears": "税",
    "utility_arrears": "电 水 气",
    "rent_arrears": "租 房东",
    "receivables_overdue": "款 账 运费 钱 客户 下游 应收 结",
    "inventory_buildup": "库 压 卖不 滞销 堆 走不动 销不",
    "orders_drop": "单 活 客户",
    "production_halt": "停 歇业 关门 关张 倒闭 没开 熄火 不转 不开工",
    "private_borrowing": "借 高利贷 民间 拆 靠 小贷 网贷 典当 外面 亲戚 朋友",
    "loan_overdue": "息 贷 逾期 本金 月供 还款 断供",
    "account_frozen": "冻 封",
    "lawsuit": "诉 告 执行 官司 法院 传票 失信 老赖 限高",
    "owner_missing": "跑 失联 失踪 联系不上 不见 找不到 去向 下落 躲 卷款 楼空 影 溜 蒸发",
    "asset_sale": "卖 处理 处置 出手 转让 典当",
    "guarantor_trouble": "保",
}


@cache
def pattern(lang: str, signal: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in (ZH if lang == "zh" else EN)[signal]))


@cache
def gate(signal: str) -> re.Pattern[str]:
    return re.compile("|".join(GATES_ZH[signal].split()))


def spans(sk: str, lang: str, signal: str) -> list[tuple[int, int]]:
    """Where the signal's words stand, whatever their polarity."""
    if lang == "zh" and not gate(signal).search(sk):
        return []
    return [m.span() for m in pattern(lang, signal).finditer(sk)]
