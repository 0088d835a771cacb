"""The words by which English reports state each cash-stress signal, before polarity is looked at."""

from __future__ import annotations

_NO = r"(?!not\b|no\b|never\b|none\b|nothing\b|\w+n't\b|but\b)"


def _gap(most: int) -> str:
    """Up to `most` words in one clause, none of them a denial."""
    return rf"(?: {_NO}[\w'-]+){{0,{most}}}"


def _any(most: int) -> str:
    return rf"(?: [\w'-]+){{0,{most}}}"


_HASNT = r"(?:(?:have|has|had|are|is|were|was|did|does|do)(?:n't| not)|not|yet to|still to|unable to|struggl\w+ to|fail\w* to|can't|cannot|could not|couldn't|can not)"
_STATE = rf"(?:unpaid|overdue|in arrears|behind|late|missed|owed|owing|outstanding|pending|delayed|bounced|held back|withheld|being held|stopped|in default|past due|{_HASNT}(?: yet| all)?(?: been| being)? (?:paid|settled|cleared|met|credited|disbursed|released|come|gone out|go out|gone in|seen|honou?red|remitted))"
_OWE = rf"(?:owes?|owed|owing(?! to\b)|behind (?:on|with|in)|late (?:on|with|in|paying)|in arrears (?:on|with|for|of)|arrears (?:of|on|in|with|to)|missed|skipped|unpaid|overdue|outstanding|pending|defaulted on|default (?:on|in)|short on|{_HASNT}(?: yet| been)?(?: able to)? (?:paid|pay|paying|meet|met|make|made|cover|covered|clear|cleared|settle|settled)(?: for)?)"
_WAGE = r"(?:wages?|salar(?:y|ies)|payroll|pay packets?|wage (?:bill|packets?)|pay cheques?|paycheques?|paychecks?|back pay|social insurance|overtime)"
_MEN = r"(?:workers|staff|employees|workforce|the (?:men|lads|guys|team|girls|boys|crew|hands|people)|labou?rers|labou?r)"
_SELLER = r"(?:suppliers?|contractors?|sub-?contractors?|builders?|vendors?|hauliers?|feed (?:merchant|company|supplier|mill)|mill|merchants?|(?:trade )?creditors?|packaging (?:company|firm)|wholesaler|steel stockist|farmers|growers|timber yard|cash and carry)"
_GOODS = r"(?:materials?|raw materials?|feed|fuel|fertili[sz]er|steel|resin|timber|flour|goods|stock|deliveries|supplies|freight|diesel|trade accounts?|trade payables|payables|supplier (?:bills?|invoices?|accounts?))"
_UTILITY = r"(?:power|electric(?:ity)?|water|gas|utilit(?:y|ies)|energy)(?: and (?:power|electric(?:ity)?|water|gas))?(?:(?:'s)? (?:bills?|company|board|account|charges|dues|supplier))?"
_TAX = r"(?:tax(?:es)?|vat|paye|gst|tax bill|corporation tax|customs duty|social security contributions)"
_BUYER = r"(?:customers?|buyers?|clients?|distributors?|retailers?|wholesalers?|dealers?|main contractor|developer|supermarkets?|chain|importers?|exporters?|debtors?|purchasers?|regulars|off-?takers?|hotels?|restaurants|brand|agents?|stockists|council)"
_DOWN = r"(?:down|fell|fallen|dropped|dropping|drop|declined|declining|halved|halve|shrunk|shrinking|shrank|off|lower|slumped|dried up|dry up|collapsed|thin|slipping|slipped|cut|falling|fallen off|decreased|decreasing|weak|weaker|contracted|plunged|reduced|slow|slowed|slack|poor|quiet|sluggish|drying up|gone quiet|less|fewer|way down|tailed off|scarce|not coming(?: in)?|evaporated|vanished|bad)"
_ORDERS = r"(?:orders?|order ?books?|bookings|order (?:intake|volumes?|flow|levels?|position|inflow)|enquiries and orders|new business|demand)"
_FIRM = r"(?:production|plant|factory|garage|salon|clinic|quarry|firm|company|machines|machinery|mill|kiln|shop|business|workshop|operations?|restaurant|bakery|unit|they|everything|furnaces?|looms?|presses|ovens?|kilns?|assembly|trading|the lines?|all lines|sawmill|foundry|brewery|packhouse|store|hotel|laundry|cannery)"
_GONE = r"(?:disappeared|vanished|run off|run away|ran away|ran off|done a (?:runner|bunk|flit)|did a (?:runner|bunk)|skipped (?:town|the country)|missing|absconded|fled|gone to ground|cannot be (?:found|traced|located)|can't be (?:found|traced|located)|nowhere to be found|left the country|gone missing|bolted|uncontactable|untraceable|not traceable|not been seen|hasn't been seen|gone into hiding|in hiding|dropped out of sight|legged it|scarpered|flown the coop|not (?:contactable|to be found)|lost contact)"
_OWNER = r"(?:owner|boss|director|he|she|proprietor|md|founder|mr \w+|mrs \w+|ms \w+|partner|chairman|manager|promoter)"
_LOAN = r"(?:loans?(?! (?:of|to|for)\b)|interest|instal?l?ments?|emis?|repayments?|principal|mortgage|facility|debt service|loan account|(?:loan|monthly|quarterly) payments?)"
_SELL = r"(?:sold|sell|selling|sells|selling off|sold off|sell off|flogging|flogged|auction(?:ed|ing)|offload(?:ed|ing)|disposed of|pawned|let go of|liquidat(?:ed|ing)|parted with)"
_NEED = r"(?:to (?:raise|get|free up|generate|find|make|pay|cover|meet|keep|fund|stay|survive|scrape|bring in|help|settle|clear|plug|bridge)|for (?:the |some |ready )?(?:cash|money)|raise cash|so (?:he|she|they) could (?:pay|make|cover)|because (?:he|she|they) needed (?:the )?(?:cash|money)|just to)"
_PRIVATE = r"(?:friends?|mates?|family|relatives?|relations|private (?:lenders?|individuals?|parties|people|sources?)|a private|money ?lenders?|loan sharks?|shark|cousin|in-laws|brother\w*|sister\w*|uncle|father\w*|mother\w*|parents|neighbou?rs?|informal|acquaintances|wife's|village|chit fund|pals?)"

EN: dict[str, tuple[str, ...]] = {
    "wage_arrears": (
        rf"\b{_WAGE}{_gap(6)} {_STATE}",
        rf"\b{_OWE}(?: (?!supplier|rent|tax|vat)[\w']+){{0,4}} {_WAGE}\b",
        rf"\b{_MEN}(?: (?:have|has|are|were|is|who|still|also|all|now|say|said|they|haven't|hasn't|aren't)){{0,4}} (?:been |being )?(?:unpaid|owed|not been paid|not paid|not being paid|been paid nothing|had no (?:pay|wages)|without pay|waiting (?:for|on) (?:\w+ ){{0,2}}(?:wages|pay|salar\w+))",
        rf"\b{_MEN}(?: \w+){{0,2}} (?:haven't|hasn't|have not|has not|aren't|didn't|did not|never)(?: yet)?(?: been| being| get| got| had| received| seen)? (?:paid|any pay|any wages|a penny|pay|their (?:pay|wages|salar\w+))",
        rf"\b(?:haven't|hasn't|hadn't|have not|has not|didn't|did not|not|can't|couldn't|cannot|stopped) (?:been able to |yet )?(?:paid|pay|paying) (?:\w+ )?(?:{_MEN}|anyone|anybody|people|drivers|men)",
        r"(?:wage|salary|payroll) arrears|without pay|(?:missed|miss(?:ing)?) (?:the |last |this |one |a )?(?:\w+ )?payroll|(?:T+|months?'?) (?:of )?(?:unpaid |back )(?:pay|wages|salar\w+)|payroll (?:was |has been |is )?(?:missed|skipped)|no (?:pay|wages|salary|payday)(?: \w+){0,2} (?:since|for T|in T)|(?:wages|pay|salaries) (?:is |are )?(?:about |now )?T+ (?:behind|late|overdue)|T+ (?:of )?(?:wages|salaries|salary) (?:owed|owing|not paid|unpaid|pending|due)",
    ),
    "supplier_arrears": (
        rf"\b{_SELLER}{_gap(5)} (?:{_STATE}|chasing|chases|stopped deliver\w+|on stop|are owed|is owed|refus\w+ to (?:deliver|supply)|cut (?:them|him|her|us)(?: right)? off|cut (?:them|him|her) off|stopped supply\w*|threaten\w*|demanding|waiting (?:for|on) (?:payment|their money|its money)|stopped credit|put (?:them|him|her) on (?:stop|cash)|wants? (?:its|their|his) money)",
        rf"\b(?:{_OWE}|overdue to|slow to pay|slow paying|arrears (?:to|with)|due to|stretching|stringing along|not paying)(?: (?!tax|vat|wage|salar|rent|workers|staff|invoice|us\b|interest)[\w']+){{0,5}} {_SELLER}(?! (?:hasn't|haven't))",
        rf"\b(?:{_OWE})(?: (?!tax|vat|wage|salar|rent|workers|staff)[\w']+){{0,3}} (?:for )?(?:the |his |her |their )?{_GOODS}\b",
        rf"\b{_GOODS}(?: bills?| invoices?| payments?){{0,1}}{_gap(3)} (?:unpaid|overdue|in arrears|outstanding (?:for|since|beyond)|not (?:been )?paid|haven't been paid|hasn't been paid)",
        rf"(?:{_SELLER}|supplier) (?:arrears|bills? (?:are |is )?(?:overdue|unpaid))",
    ),
    "tax_arrears": (
        rf"\b{_OWE}(?: (?!wage|rent|supplier|salar)[\w']+){{0,4}} {_TAX}\b",
        rf"\b{_TAX}{_gap(5)} (?:{_STATE})|tax arrears|arrears of tax",
        r"\b(?:tax (?:man|office|bureau|authority|authorities|department|people)|taxman|revenue (?:authority|department)?|inland revenue|hmrc)(?: [\w']+){0,3} (?:chasing|after (?:him|her|them|it|the company)|owed|demand\w*|is owed|served|penalt\w+ for)|owes? (?:the )?(?:tax ?man|tax (?:office|bureau|authority)|revenue|hmrc)",
    ),
    "utility_arrears": (
        rf"\b{_UTILITY}{_gap(4)} (?:{_STATE}|cut (?:them |him |her )?off|disconnected|months down)",
        rf"\b{_OWE}{_any(4)} {_UTILITY}\b(?! (?:tool|press|loom|plant|cut|supply|pack))",
        r"(?:power|electricity|electric|water|gas)(?: supply)? (?:was |has been |is |had been |got )?(?:cut off|disconnected|cut)(?: [\w']+){0,3} (?:for|because|over|due to|as)(?: [\w']+){0,3} (?:non-?payment|unpaid|not paid|bills?)|(?:cut|threatened to cut|disconnected)(?: off)? (?:the |their |his |her )?(?:power|electricity|electric|water|gas)(?: [\w']+){0,3} (?:for|over)(?: [\w']+){0,2} (?:non-?payment|unpaid|bills?)",
    ),
    "rent_arrears": (
        rf"\brents?\b(?!-free){_gap(4)} (?:{_STATE}|T+ (?:behind|overdue|late|in arrears))|rent arrears|rental (?:arrears|overdue|outstanding|unpaid)",
        rf"\b{_OWE}(?: (?!supplier|wage|tax|salar)[\w']+){{0,5}} (?:rents?|rental)\b",
        r"(?:landlord|owes)(?: [\w']+){0,4} (?:T+|months?'?|quarters?'?) (?:of |in )?rent|landlord(?:'s| is| was| has been)? (?:chasing|threatening|been chasing|demanding|after|wants his)|landlord is owed|landlord(?: [\w']+){0,3} (?:evict\w*|lock\w* (?:them|him|her) out)",
    ),
    "receivables_overdue": (
        rf"\b{_BUYER}(?: (?!supplier)[\w',]+){{0,6}} (?:hasn't paid|haven't paid|not paid|not paying|has not paid|have not paid|didn't pay|owes? (?:them|him|her|it|the company|us|A)|owe (?:them|him|her|it|the company|A)|owing (?:them|him|her|it)|(?:paying|pays?|paid) (?:\w+ )?(?:late|slow(?:ly)?|T late)|slow(?:er)? (?:to|in) pay\w*|late (?:paying|in paying|payers?|with payment)|late|overdue|stretching|won't pay|behind (?:on|with) (?:(?:its|their|his) )?(?:invoices|payments?)|dragging (?:its|their|his) (?:feet|heels)|sitting on|yet to pay|still owes?|holding (?:back|up|on to)|isn't paying|aren't paying|stopped paying|taking (?:up to |about |over )?T|defaulted|gone bust owing|went bust owing|went under owing|can't pay|cannot pay|withh?olding|delay(?:ed|ing) (?:the )?payments?)",
        r"(?:receivables?|debtors|(?:sales |customer )?invoices?|collections?|accounts receivable|money owed by (?:customers|buyers|clients))(?:,? (?!up to date|current)[\w']+){0,10} (?:overdue|late|unpaid|past due|not been paid|slow|uncollected|outstanding (?:for|over|beyond|since)|stuck|slipping|slipped|stretched|aged|outstanding beyond|hard to collect|beyond terms|past terms|over T|not (?:been )?collected|not coming in|piling up|not received)",
        r"cheques?(?: [\w]+){0,5} bounced|bounced cheques?|(?:overdue|late|unpaid|past[- ]due|slow) (?:\w+ )?(?:receivables?|debtors|collections|payers)|(?:is|are|was|being|been) (?:owed|owing) (?:about |around |some |nearly |over |roughly )?(?:A|money)(?! (?:in|of) (?:wages|rent|tax))|owed (?:about |around |some |nearly |over |roughly )?A+ by (?:(?:a|one|two|three|some|its|his|her|their|the) )?(?:\w+ )?(?:customers?|buyers?|clients?|retailers?|distributors?|dealers?|developer)|owing (?:him|her|them|it) (?:A|money)|unpaid invoices (?:from|by) (?:customers|buyers)|(?:struggling|hard|difficult\w*|finding it (?:hard|difficult)) to (?:collect|get paid)|trouble (?:collecting|getting paid)|can't (?:collect|get paid)|(?:payment|credit) terms (?:have |has |were |was )?(?:been )?(?:stretched|extended|lengthened|pushed)|stretched (?:his|her|their|its)?\s?(?:payment )?terms|waiting (?:on|for)(?: [\w']+){0,4} (?:from|by) (?:customers|buyers|clients|a customer|a buyer|the buyer|its customers|their customers|his customers)|waiting to be paid by|money (?:is )?stuck (?:with|in) (?:customers|buyers|receivables|the market)|not paying (?:their|his|her|its) (?:bills|invoices)|(?:slow|late)[- ]paying (?:[\w']+ ){0,2}(?:customers?|buyers?|clients?|distributors?|retailers?|dealers?|wholesalers?|contractor)|late payments? (?:by|from) (?:\w+ ){0,3}(?:customers?|buyers?|clients?)|debtor days (?:have )?(?:gone|risen|up|lengthened|stretched)",
    ),
    "inventory_buildup": (
        r"(?:warehouse|store(?:room)?|yard|shed|godown|stockroom|depot|barn|cold store|shelves)(?: (?!not)[\w']+){0,4} (?:stuffed|full(?! of life)|piled|packed|crammed|stacked|overflowing|bursting|chock|jammed|heaving)(?: [\w']+){0,3}|(?:stocks?|inventory|finished (?:goods|products?|stock)|goods|inventories|product)(?: (?!not|\w+n't (?:pil|build))[\w']+){0,5} (?:piling|piled|building(?: up)|built up|unsold|not moving|not selling|backed up|stacked up|stacking up|won't sell|can't sell|hard to (?:shift|sell|move)|swollen|up sharply|isn't moving|aren't moving|isn't selling|aren't selling|accumulat\w+|mounting|slow[- ]moving|gathering dust|too high)|unsold (?:\w+ )?(?:stock|inventory|goods|\w+s)\b|(?:they |he |she )?(?:can't|cannot|couldn't|can not) (?:sell|shift|move) (?:them|it|the stock|any of it)\b|(?:stock|inventory)[- ](?:build-?up|pile-?up|accumulation|overhang)|build-?up of (?:\w+ )?(?:stock|inventory|finished goods)|over-?stocked|sitting on (?:\w+ ){0,5}(?:unsold|stock they)|nobody(?:'s| is) buying|dead stock|(?:excess|surplus|slow[- ]moving) (?:stock|inventory)",
    ),
    "orders_drop": (
        rf"\b{_ORDERS}(?: {_NO}[\w'%,]+){{0,6}} {_DOWN}\b(?! (?:in|to) (?:number|the books))|\borders? {_DOWN}\b",
        r"(?:drop|fall|decline|slump|decrease|slide|reduction|dip|downturn|slowdown|shortage|lack|fall-off) (?:of (?:about |around )?P+ )?(?:in|of) (?:(?!not)\w+ ){0,2}(?:orders|bookings|order intake|order book|demand)\b|(?:fewer|less|lower) (?:new |export )?(?:orders|bookings)|\blost (?:\w+ ){0,4}(?:contracts?|customers?|orders|clients?|account)\b|(?:cancelled|cancelling|cut|pulled|withdrawn|reduced) (?:(?:its|their|his|the|a|all|some|two|three|big|large) ){0,3}orders?|(?:P+|half|third) (?:fewer|less) (?:orders|bookings)|(?:got|has|have|had|there are|there's|with|are) no (?:new )?orders\b|no (?:new )?orders (?:coming|since|for T|this|on the books|in hand)|short of (?:orders|work)|not (?:enough|many|getting) (?:orders|work)|running out of orders|orders (?:have |has |are |is )?(?:been )?(?:hit|suffer\w*)",
    ),
    "production_halt": (
        rf"\b{_FIRM}(?:'s)?(?: (?!next|(?:\w+n't|not) (?:stopped|halted|shut|closed|idle))[\w']+){{0,4}} (?:stopped(?! (?:paying|supplying|answering|deliver|taking|by|for (?:lunch|a day)))|halted|shut(?: down)?(?! (?:a|one|for the) )|closed(?: down| its doors)?(?! a\b| the\b| on\b| out\b)|idle|at a standstill|standing idle|stood idle|standing still|ceased|suspended operations|mothballed|not running|not working|not operating|not producing|down since|silent|lying idle|come to a (?:halt|stop|standstill)|ground to a halt|dark|dead|at a stop)",
        r"ceased (?:production|trading|operations)|(?:closed|shut) (?:its|their|the|his|her) (?:doors|gates)|standstill|(?:have |has |had )?(?:stopped|stop) (?:production|trading|operating|producing|manufacturing|working since|all production)|shut(?:ting)? down (?:the|its|their|his|her) (?:plant|factory|production|business|shop)|no production|halted production|production (?:is |was |has been )?(?:suspended|on hold|stopped)|not producing|nothing(?:'s| is| was)? (?:running|being (?:made|produced))|production (?:halt|stoppage)|closed until further notice|closed for good|shut up shop|gone out of business|(?:not|n't) (?:produced|made|milled|turned out) (?:anything|a thing)|(?:sent|sending) (?:everyone|the workers|all (?:the )?(?:workers|staff)|N+|the (?:men|staff)) home(?! early)|ceased to operate|wound down operations|no (?:machines?|lines?) (?:was |were |are |is )?(?:running|working)|machines (?:are |were |all )*(?:switched off|turned off|silent|cold|off)\b",
    ),
    "private_borrowing": (
        rf"\bborrow(?:ed|ing|s)?(?: [\w',]+){{0,6}} (?:from|off) (?:\w+ ){{0,3}}{_PRIVATE}",
        r"money ?lenders?|loan sharks?|private (?:loans?|borrowings?|lenders?|money|finance at)|informal (?:loans?|borrowings?|lenders?|market)|payday loans?|shadow (?:lenders?|banks?)|underground (?:lenders?|banks?)|high[- ]interest (?:loans?|lender)|usurious|street money|hand loans?",
        rf"\bloans? from (?:\w+ ){{0,3}}(?:{_PRIVATE}|the owner's (?:mate|friend|brother|family))|(?:living|getting by|surviving|kept going|keeping going|staying afloat) (?:off|on|with) (?:\w+ ){{0,4}}(?:loans?|borrow\w*|money) from|(?:tapp(?:ed|ing)|touched|hit up|lean(?:ed|ing) on|cadg\w+ from) (?:\w+ ){{0,2}}(?:friends|family|relatives|mates|in-laws) (?:for|to)|(?:friends?|family|brother(?:-in-law)?|father(?:-in-law)?|cousin|uncle|relatives?|mate) (?:has |have |had )?(?:lent|loaned) (?:him|her|them|the (?:company|firm|business))",
    ),
    "loan_overdue": (
        rf"\b{_LOAN}(?: (?!rate|not|no|never|free|n't|cover|arrears)[\w']+){{0,5}} (?:overdue|unpaid|past due|in arrears|late|missed|bounced|pending|not paid|not been paid|hasn't been paid|haven't been paid|wasn't paid|weren't paid|is still due|in default|outstanding since|behind|hasn't come|haven't come|hasn't been met|not been (?:met|serviced|received)|has not been (?:met|serviced|received|paid)|npa|non-performing)",
        r"overdue (?:loan|interest|instal?l?ments?|emis?|repayments?|principal)|unpaid (?:loan )?(?:interest|instal?l?ments?)|(?:missed|skipped|behind (?:on|with|in)|in arrears (?:on|with)|arrears (?:on|with|of)|defaulted (?:on|in)|default in|late (?:on|with)|failed to (?:pay|service|meet)|(?:hasn't|haven't|has not|have not|didn't|did not|not) (?:been )?(?:paid|pay|paying|servic\w+|met))(?: (?!supplier|customer|back\b)[\w']+){0,5} (?:interest|instal?l?ments?|emis?|repayments?|loan payments?|loans?|principal|mortgage|payments? to us)\b|the overdue A|the A+ (?:of )?arrears|(?:behind|late|in arrears|overdue) with (?:us|the bank|their bank|another bank|our bank)|interest arrears|in default (?:with|to|on)",
    ),
    "account_frozen": (
        r"\b(?:account|accounts|bank account|funds|balances?)(?: (?!payable|receivable)[\w',]+){0,7} (?:frozen|freezed|blocked|attached|garnished|restrained|lien[- ]marked)|(?:freezing|attachment|garnishee) order|fr[eo]+z(?:e|en|ing) (?:of )?(?:\w+ ){0,4}accounts?|frozen (?:\w+ )?accounts?|(?:blocked|attached|garnished) (?:the|its|their|his|her) (?:\w+ ){0,2}accounts?",
    ),
    "lawsuit": (
        r"(?:taken|taking|takes|took|dragged|hauled) (?:[\w']+ ){0,3}to (?:court|arbitration)|\b(?:sued|suing|sues|sue)\b|law ?suits?|law suit|court (?:orders?(?! for)|papers|summons|action|case|cases|judg[e]?ment|order against|notice|date)|legal (?:action|proceedings|notice|suit)|being sued|\bwrits?\b|summons|(?:supplier|creditor|landlord|worker)'s claim|(?:filed|lodged|brought|issued) (?:a |an )?(?:\w+ )?(?:claim|suit|case|petition|proceedings)|judg[e]?ment (?:debtor|against|has been)|litigation|proceedings (?:against|have been|were)|(?:been |was |were )?served (?:with|on (?:the|him|her|them))|enforcement (?:order|proceedings|list|notice)|statutory demand|winding[- ]up|blacklisted by the court|judgment[- ]debtor|in court (?:over|with|for)|case against (?:him|her|them|the company)",
    ),
    "owner_missing": (
        rf"\b{_OWNER}(?: (?!not\b|phone|wasn't|isn't)[\w'’]+){{0,5}} {_GONE}|\b(?:run off|done a (?:runner|bunk)|absconded|skipped town|vanished|legged it|scarpered)\b",
        rf"\b(?:nobody|no one|no-one)(?: [\w']+){{0,3}} (?:seen|heard from|knows? where|knew where)(?: (?!machine|stock|equipment|keys)[\w']+){{0,3}} (?:{_OWNER}\b|him\b|her\b)|\b(?:not|hasn't|haven't|n't) (?:been )?seen (?:the |their )?(?:owner|boss|director|proprietor)\b|whereabouts (?:of (?:the )?{_OWNER} )?(?:are |is )?(?:unknown|not known)|(?:owner|director|boss|proprietor)'s whereabouts|lost (?:all )?contact with the (?:owner|boss|director|proprietor)",
    ),
    "asset_sale": (
        rf"\b{_SELL}(?: (?!by\b|to friends|customers)[\w',]+){{0,9}} {_NEED}",
        rf"(?:distress|fire|forced) sale of|(?:selling|sold|flogging|flogged) (?:off )?(?:the |his |her |their )?(?:family silver|assets)|{_SELL}(?: [\w']+){{0,5}} (?:and|then) (?:used|put|paid)(?: [\w']+){{0,4}} (?:wages|rent|suppliers?|bills?)",
    ),
    "guarantor_trouble": (
        r"(?:guarantors?|surety|sureties)(?:'s)?(?:,? [\w']+,?){0,7} (?:wants? out|wants to (?:quit|pull)|out of the guarantee|withdraw\w*|trouble|insolvent|bankrupt(?:cy)?|sued|default\w*|broke|pulled? out|pull out|refus\w+|frozen|bust|liquidation|unable|step(?:ping)? (?:down|back)|released|missing|distress|died|passed away|difficult(?:y|ies)|overdue|can't|cannot|under|failing|failed|struggling|court|collapsed|closed|shut|gone|disappeared|backing out|backed out|seized|arrears|ceased)",
    ),
}  # fmt: skip
