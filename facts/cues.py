"""The words by which people point at a fact of a card when they mend it."""

from __future__ import annotations

import re

_R = re.compile
MENDING = {
    "zh": _R(r"不对|不是|错了|改|应该|更正|是|为|写|记|其实|没有?|换成|变成|说错|听错"),
    "en": _R(
        r"\b(?:no|not|wrong|should|change|make|is|are|it's|was|were|actually|correct\w*|sorry|mistake|set|to)\b"
    ),
}
DELETE = {
    "zh": _R(r"删|去掉|划掉|不要(?!紧)|取消(?!订单)|拿掉|移除|抹掉|不算|别记|不记"),
    "en": _R(
        r"\b(?:delete|remove|drop (?:the|that|it|this)|take (?:out|off)|strike|erase|scrap (?:the|that)|get rid of|leave out)\b"
    ),
}
ADD = {
    "zh": _R(r"加上|加一|补充|补一|还有|另外|漏了|添"),
    "en": _R(r"\b(?:add|also|plus|missing|forgot|another)\b"),
}
ORDINALS = {
    "zh": ((0, _R(r"第[一1](?:笔|个|条|项)|头一[笔个条项]")), (1, _R(r"第[二2两](?:笔|个|条|项)")), (2, _R(r"第[三3](?:笔|个|条|项)")), (3, _R(r"第[四4](?:笔|个|条|项)")), (-1, _R(r"最后[一]?(?:笔|个|条|项)"))),
    "en": ((0, _R(r"\bfirst (?:use|one|item|sum|amount)\b")), (1, _R(r"\bsecond (?:use|one|item|sum|amount)\b")), (2, _R(r"\bthird (?:use|one|item|sum|amount)\b")), (3, _R(r"\bfourth (?:use|one|item|sum|amount)\b")), (-1, _R(r"\blast (?:use|one|item|sum|amount)\b"))),
}  # fmt: skip
FIELD_CUES: dict[str, dict[str, re.Pattern[str]]] = {
    "zh": {
        "contact.channel": _R(r"方式|渠道"),
        "contact.outcome": _R(r"联系结果|见面结果"),
        "contact.person": _R(r"联系人|接待人|见的人"),
        "contact.on": _R(r"(?:上门|走访|去的|回访)(?:日期|时间|那天)"),
        "fund_usage": _R(r"用途|用款|这笔钱|花|付|买|支出|用了"),
        "unused_funds.amount": _R(r"没用|没动|未用|剩|结余|未使用|没提|账上"),
        "progress.percent": _R(r"进度|完成|工程|形象"),
        "progress.status": _R(r"(?:项目|工程)状态|进度状态"),
        "progress.delay_days": _R(r"晚|延|拖后|滞后|推迟"),
        "cash_stress.level": _R(r"资金(?:状况|情况|压力)|紧张程度"),
        "collateral.status": _R(r"抵押|押品|质押"),
        "collateral.value": _R(r"(?:抵押|押品|评估)[^，。]{0,6}(?:价|值)|估值|评估价"),
        "repayment.promise_date": _R(
            r"还款(?:日|日期|时间)|承诺(?:日|日期|时间)|答应[^，。]{0,6}还|几号还|还款|号还|日还"
        ),
        "repayment.promise_amount": _R(r"承诺(?:还|金额)|还款(?:金额|额)?|答应|要还|还(?!有|剩|没|是)"),
        "repayment.paid_amount": _R(r"已还|还了|归还了"),
        "operations.headcount": _R(r"人数|工人|员工|职工|人手|在岗|人"),
        "operations.capacity_percent": _R(r"开工率|产能|利用率|负荷|开机率"),
        "operations.orders_change_percent": _R(r"订单|单子"),
        "operations.revenue_change_percent": _R(r"营收|营业额|收入|销售"),
        "next_contact": _R(r"下次|再去|再来|回访(?:时间|日期)|约|下回|再上门|改期|上门时间"),
    },
    "en": {
        "contact.channel": _R(r"\bchannel\b"),
        "contact.outcome": _R(r"\boutcome\b"),
        "contact.person": _R(r"\bcontact person\b"),
        "contact.on": _R(r"\bday of (?:the )?(?:visit|call)\b"),
        "fund_usage": _R(r"\b(?:use|uses|usage|spent|paid for|went on)\b"),
        "unused_funds.amount": _R(r"\b(?:unused|undrawn|left|untouched|remaining|unspent)\b"),
        "progress.percent": _R(r"\b(?:progress|complete|completion|done|works)\b"),
        "progress.status": _R(r"\bstatus of (?:the )?(?:project|works)\b"),
        "progress.delay_days": _R(r"\b(?:delay|late|behind)\b"),
        "cash_stress.level": _R(r"\bcash (?:stress|level|position)\b"),
        "collateral.status": _R(r"\b(?:collateral|security|pledge)\b"),
        "collateral.value": _R(r"\b(?:collateral value|valuation|valued)\b"),
        "repayment.promise_date": _R(
            r"\b(?:promise(?:d)?|repay\w*|pay(?:ment)?|due) (?:date|day)|\b(?:repay|pay|promised)\b"
        ),
        "repayment.promise_amount": _R(r"\b(?:promise[d]?|repay\w*|will pay|pay)\b"),
        "repayment.paid_amount": _R(r"\b(?:repaid|paid back|has paid us)\b"),
        "operations.headcount": _R(r"\b(?:headcount|staff|workers|people|employees)\b"),
        "operations.capacity_percent": _R(r"\b(?:capacity|utili[sz]ation)\b"),
        "operations.orders_change_percent": _R(r"\borders?\b"),
        "operations.revenue_change_percent": _R(r"\b(?:revenue|sales|turnover)\b"),
        "next_contact": _R(r"\b(?:next (?:visit|call|contact)|visit|appointment|follow[- ]?up)\b"),
    },
}
SIGNAL_CUES: dict[str, dict[str, re.Pattern[str]]] = {
    "zh": {
        "wage_arrears": _R(r"工资|薪"), "supplier_arrears": _R(r"供应商|货款|料款|材料款"), "tax_arrears": _R(r"税"), "utility_arrears": _R(r"电费|水费|水电"),
        "rent_arrears": _R(r"房租|租金"), "receivables_overdue": _R(r"应收|回款|账期|货款"), "inventory_buildup": _R(r"库存|积压|压货"), "orders_drop": _R(r"订单(?:没|少|下|减|不)"),
        "production_halt": _R(r"停产|停工|生产"), "private_borrowing": _R(r"民间|高利贷|借钱|借款|借贷"), "loan_overdue": _R(r"逾期|欠息|利息"), "account_frozen": _R(r"冻"),
        "lawsuit": _R(r"起诉|官司|诉讼|被执行"), "owner_missing": _R(r"跑路|失联|老板"), "asset_sale": _R(r"卖设备|卖车|变卖|卖(?:了)?(?:机器|设备|车|房)"), "guarantor_trouble": _R(r"担保"),
    },
    "en": {
        "wage_arrears": _R(r"\b(?:wages?|salar\w+|payroll)\b"), "supplier_arrears": _R(r"\bsuppliers?\b"), "tax_arrears": _R(r"\b(?:tax\w*|vat)\b"), "utility_arrears": _R(r"\b(?:power|electricity|water|utilit\w+)\b"),
        "rent_arrears": _R(r"\brent\b"), "receivables_overdue": _R(r"\b(?:receivables?|customers?|invoices?)\b"), "inventory_buildup": _R(r"\b(?:stock|inventory)\b"), "orders_drop": _R(r"\borders?(?: drop)?\b(?!.{0,12}\d)"),
        "production_halt": _R(r"\b(?:production|halt|stopped|shut)\b"), "private_borrowing": _R(r"\b(?:private|borrow\w*)\b"), "loan_overdue": _R(r"\b(?:overdue|interest|arrears with us)\b"), "account_frozen": _R(r"\b(?:frozen|account)\b"),
        "lawsuit": _R(r"\b(?:sued|court|lawsuit)\b"), "owner_missing": _R(r"\b(?:missing|owner|disappeared)\b"), "asset_sale": _R(r"\b(?:asset sale|sold|selling)\b"), "guarantor_trouble": _R(r"\bguarantor\b"),
    },
}  # fmt: skip
