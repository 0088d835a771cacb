"""How the borrower was sought, whether somebody of theirs was reached, and who."""

from __future__ import annotations

import re

from facts import contact_en
from facts.model import Fact
from facts.page import Page

_R = re.compile
Span = tuple[int, int]
_SITE = r"(?:厂|店|公司|工地|仓库|家|现场|车间|办公室|基地|园区|场|社|校|酒店|饭店|餐厅|项目|大棚|门市|矿|站|库|院|他们那|他那|那边|那儿|户|棚|档口|超市|铺|码头|门面|市场|楼|塘|食品|机械|五金|建材|纺织|服饰|服装|模具|家具|物流|塑料|包装|电子|制品|粮油|科技|集团|实业|饲料|铸造|有限|工贸|商贸|印刷|化工|农业|养殖|果业|茶业|木业|纸业|药业|乳业|渔业|汽修|汽配|酒业|照明|鞋业|玩具|陶瓷|材料|能源|环保)"
CUES = {
    "zh": {
        "visit": _R(
            r"上门|登门|入户|下乡|抵达|到达|前往|(?:^|[，。；\n])去看(?!看)|(?<![花付用出过转回])去的(?=[，。；]|$)|门口(?:看|站|转|瞅|等|蹲)|没进去，就|在工地上见|(?:我|咱们?)(?!行|的)[^，。；AP没不想要会再打叫让问跟电]{0,10}(?:过去|去)(?:的|了|过|看|瞅|瞧|转)(?!个?电话)|去[^，。；AD电]{1,8}(?:看|瞅|瞧|转|坐|探|查)(?:了|过|的|望)|上[^，。；AD面]{1,6}(?:去了|去的|走了一)|(?<!没)进(?:了)?(?:院|厂|村|屋)(?:儿|里|子|门)?(?=，|就|看|一)|(?:到|去)[^，。；AD]{1,8}的时候|(?:杀|摸|赶|奔|绕|拐|开车|骑车|跑)(?:了)?过去|炕头|院坝|在(?:他|她)?(?:档口|摊位?上)(?=[，。；])|到了(?=[^，。；AD期账位货]{2,8}(?:部|院|厂|店|司|场|站|地|村|园)[^，。；]{0,6}(?:说|见|看|发现|碰|找|问))|吃了[^，。；]{0,3}(?:面|饭|茶|瓜)|蹲点|进去坐|坐了(?:坐|会|歇|一会|一阵|半天|T)|(?:端|递|倒|喝|抽|泡)了?(?:我)?[一顿点两]?[杯根支壶碗茶烟口]|碰了?个?面|会了?个?面|打了?个?照面|面对面|(?:屋|家)里坐|(?:我|挨个)(?:都)?(?:瞅|瞧|点)了|今儿个?(?:去|到|上)|领着?看|(?:没(?:找|碰|等|堵|遇|撞)|碰|撞|逮|堵)(?:着|到|见|上|住)了?(?=他|她|人|老|小|本人|甲方|业主|，|[一-龥]{1,4}(?:总|老板|的人))(?!老板娘?手机)|(?<!没)见(?:着|到)了?(?=他|她|老[^板家]|小[^区]|本人|[一-龥]{0,4}(?:[总姐哥户员]|老板|经理|负责人|[厂场校园院店社]长))|(?:[地塘棚圈渠路田]头|地里|田里|塘边|码头上|果园里|山上)(?=[^，。；]{0,4}(?:见|碰|找|回|看|聊|站|蹲|转))|接待(?!费|办|能力|游客|量|旅)|(?:[铁大卷][帘闸]?门|院门|厂门|店门)[^，。；]{0,8}(?:锁|链|关着|拉下|贴)|玻璃上贴|人去楼空|空无一人|陪同?(?:着)?(?:我|检查|核|看|转|参观)|(?:拐|绕|顺路|顺道)(?:到|去|过去)|走了一[趟遭]|瞅了|瞧了|等了T没等|现场(?:检查|走访|回访|核查|查看|看|勘|巡|盘|核|清点|了解|检)|走访|实地|下户|拜访|巡查|赴(?!约)|去现场|到(?:了)?现场|跑了?[^，。；]{0,6}(?:趟|家|户)|去了一?趟|去了(?!(?:一|两|几|好几)?(?:个|通)?(?:电话|微信|短信))|(?<![下回起过])来到了?|我去(?!年|电|函|信)(?:看|的|了|他|到|厂|店|现|数|过)|"
            rf"(?:去|到|进|从|往|在(?=[^，。；]{{0,6}}(?:厂里|店里|车间|现场|工地)(?:看|转|见|待|走|碰|聊|坐|查)))(?:了|过|的|趟|一趟|他们?家?|她们?家?|老|那个|这家|那家|刚|的时候){{0,3}}[^，。；AD]{{0,12}}?{_SITE}(?:里|那|了|看|转|回来|走|见|门|的|找|，|。|;|$)|我到的时候|到的时候|大门[^，。；]{{0,4}}(?:锁|紧闭|关)|门口(?:贴|锁|堵)|铁将军|扑了?个?空|敲了?[^，。；]{{0,4}}门|进了?(?:车间|厂|门)|车间里|看了一?圈|转了一圈|厂里看|去看了|看了现场|现场|当面|到(?:他|她)(?:厂|店|家|公司|办公室)|到厂|到店|去(?:他|她)|进厂|来到|去(?:的)?那家|今天到|上午到|下午到|去(?:老|小)[^，。]{{0,4}}那|我今天过去的|我过去(?:的|了)|我今天去|去店里|我去(?=[^，。]{{0,6}}数)|去[^，。；]{{1,12}}，(?:老板|人|厂|见|大门|门|没|看)|清点|不让进|今天去看|去看(?:了|抵押|押品|一下|看)|第[一二三四]次去|(?:仓库|车间|厂区|库房|门店|工地|大棚)(?:我)?(?:也)?看(?:过)?了|看了一遍|我在(?:他|她|厂|店|车间|工地|现场|棚|仓库)|人在(?=，|店|厂|的)|见的面|带我(?:转|看|参观|走)|转了(?:车间|一圈|厂)|领(?:我|着我|我们|着)(?:看|转)|(?:DD+|上午|下午|刚才?|昨天|早上)[^，。；D]{{0,3}}(?:去|跑|过去|到)(?:的|了|趟|一趟|过)|见了(?:老板|个?面|他|她)|敲门|见到了?(?!.{0,6}(?:电话|微信))|数了数|去的时候|去还是锁|数了一遍"
        ),
        "phone": _R(r"电话(?![：:]?\d|号码|费|A)|电访|(?<!热)电联|电询|电催|通了话|(?:线|话筒)那头|打了?(?:好)?[几\d一二两三四五六七八九十]*(?:个|遍|次|通)|拨|通话|(?<![A万元])打(?:给|过去|通|了好几)|手机(?!尾号|号|店|壳|厂|配件)|座机|关机|没人接|无人接听|不接|占线|停机(?!检修|维护|保养|位|待|了?T)|空号|语音信箱|来电|致电|视频(?:通话|电话|连线|会|里|了|聊)|打不通|打的?(?:他|她|给)|(?<!法)(?<!未)(?<!没)(?<!能)接通|接起|挂了|按掉|摁掉"),
        "message": _R(r"微信|短信|发消息|发信息|qq|钉钉|发了?条|留言|(?:发|回|传)(?:来|了|过来)?(?:了)?(?:一?[段条])?语音|语音里|发(?:来|了)?照片|邮件|邮箱|发函|企微|语音消息|信息上|whatsapp"),
    },
    "en": {"visit": contact_en.VISIT, "phone": contact_en.PHONE, "message": contact_en.MESSAGE},
}  # fmt: skip
PLANNED = {
    "zh": _R(
        r"(?:明天|后天|明早|下周|下礼拜|下星期|下个?月|D|再|改天|打算|拟|准备|计划|约好|得|要|过几天|抽空|到时候?|改到|下次|过段时间|回头|接着|继续|以后|还会|将|等)[^，。；]{0,10}$"
    ),
    "en": _R(
        r"(?:\b(?:will|i'll|going to|plan(?:s|ned|ning)?\b|next|again|tomorrow|try|should|must|need to|want to|to be|would|shall|can we|arrange\w*|book\w*|scheduled)\b|D)[^.;]{0,24}$"
    ),
}
NOT_OURS = _R(
    r"车管所|法院|工商局|税务局|税务大厅|房管局|不动产|登记中心|派出所|开会|行里|支行|外省|外地|省城|出差|收账|参展|老家|国外|银行(?!的|派)|征信|查档|市监"
)
FAIL = {
    "zh": _R(
        r"没人接|无人接|没接|不接(?!受)|未接|关机|打不通|没打通|无法接通|空号|停机(?!检修|维护|保养|位|待|了?T)|占线|不在服务区|没人应|没人开|无人应|没人在|没人(?=[，。；]|$|，)|无人(?!机|问|看|值|区|认|敢|化)|大门紧闭|门锁|锁着|锁了|紧锁|上锁|铁将军|扑空|扑了|没回(?!款|来|钱|收|笼|本)|未回复|没有回复|没回复|不回|联系不上|联系不到|没见(?:到|着)人|没碰(?:到|着|上)|没找(?:到|着)人|人去楼空|已读不回|没反应|石沉大海|没联系上|未能联系|未联系上|未取得联系|没有人|语音信箱|未接通|没人开门|关着门|关门闭户|没有应答|无应答|没遇到|没堵|不通|没动静|按掉|摁掉|没(?:找|碰|等|逮)(?:着|到|上|见)(?!货|项目|设备|抵押|新|买)|找不着人|没人理|不吭声|没个人|联络不上|未能取得联系|无法取得联系|没音信|没音讯|没等到人?|没打着|叫不应|喊不应|没搭理|拉黑|号码?换了|换了?号|不认识(?=[^，。；]{0,8}(?:老板|[一-龥]总|这个人|他))|打错了"
    ),
    "en": contact_en.FAIL,
}
REFUSE = {
    "zh": _R(
        r"不让(?:我们?)?(?:进|看|查|拍|见)|不让进|拒绝(?:配合|接受|提供|检查|见面|我|沟通|开门|回访|了?我|出示|进|入|接待|让|签|透露|回答|谈)|拒不|不配合|请出来|请了出来|轰出|轰走|赶出|赶了?出|赶走|撵(?:我|出|了出|走我)|不肯(?:见|配合|提供|让|谈|开门|接待|说话|接受|给看|给我看)|不给看|不给我看|不愿(?:意)?(?:见|配合|提供|谈|接待|透露)|避而不见|别再(?:烦|打|来)|挂(?:了我|断|掉|了)(?!号)|拦在|挡在|拦住|不见我|不谈|吃了?闭门羹|拒访|拒见|不开门|推脱不见|不予配合|回绝|拒接待|态度恶劣|撂(?:了|下)?(?:电话|(?=[，。；]|$))|(?:就|把电话)(?:撂|扣|摔)了|(?:躲着|避着|躲起来)不见(?!人)|吃了?个?软钉子|轰了?出|推说|推脱|推托|不方便(?:提供|看|见)|不能给(?:我们?)?看|无权提供|没(?:有)?授权|推(?:三阻四|搪不见)|不准(?:我们?|进|看|拍)|不许(?:我们?|进|看|拍)|不给(?:开门|进|面谈)|不让靠近|一律不见|不露面见|打发(?:走|出)"
    ),
    "en": contact_en.REFUSE,
}
TITLE_ZH = r"(?:总经理|副总|总|老板娘|老板|厂长|经理|会计|财务(?:总监|负责人|经理|主管)?|出纳|司机|工人|员工|服务员|店员|技术员|保管员?|车间主任|生产经理|班长|值班(?:员|的)?|前台|大姐|大哥|大叔|姐|哥|叔|嫂|姨|先生|女士|小姐|师傅|主任|校长|院长|社长|场长|书记|董事长|股东|法人|法定代表人|负责人|主管|科长|部长|工长|店长|库管|仓管|儿子|爱人|媳妇|老婆|老公|小伙子|姑娘|某|院长|园长|站长|队长|所长|总监|馆长|处长|局长|会长|船长|矿长|段长|组长|课长|[材统仓业办管安采库质技施预机文售货专保]\w{0,2}员|内勤|文员|秘书|助理|两口子|[种养]殖户|农户|户主|机主|掌柜的?|合伙人|实际控制人|实控人|嫂子|大妈|阿姨|伯|爷|婶|舅舅?|妈|爸|母亲|父亲|丈夫|弟弟?|妹妹?|侄子|女儿|女婿|本人|老汉|老头|老太太?|小妹|小哥|船老大|帮工|cto|cfo|ceo|专员|内务|夫妻俩?|夫妇|店主|老两口|合作社社员|主播|设计师|院方|校方|厂方|店方|司方|工)"
_SURNAME = r"[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程邢滑裴陆荣翁荀羊惠甄曲家封储靳汲糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲从鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶曾毋沙丰巢关蒯相查后荆红游竺权逯盖益桓公佟聊讲好岳帅缑亢况有琴商牟佘佴伯赏墨哈谯笪年爱阳]"
_OTHER_ZH = r"租客|租户|修车铺|花店|传达室|楼下|旁边(?:的|那|铺|店|厂|人|卖)|对门|同村|村干部|村主任|镇上|农技|看大门|监理|总包|施工队|包工头|邻居|隔壁|保安|门卫|看门|村民|街坊|小卖部|路人|居委|村委|社区|物业|房东|工头|中介|旁人|附近|保险公司|法院|律师|税务|派出所|供电所|车管所|开锁|担保人|保证人|担保公司|施工方|施工单位|评估公司|快递|客户的客户|供应商|同行|村支书|园区管委会|管委会"
SPEECH_ZH = r"(?:说(?!是|得上|不定|明|法|一下|实)|讲(?!好的)|告诉|介绍|表示|称|答应|承诺|反映|反馈|承认|解释|回(?:我|了我|复)|跟我|和我|透露|坦言|接待|陪|接的|带我|领我|同意|叫我|催我|保证|认|答复|交底|抱怨|提到|说是(?!去|跑|躲|走)|诉苦|哭穷|叹气|交代|坦白|松口|念叨|唠|告知|回话|回电|直言|声称|摊手|估摸|估计|觉得|认为|盘算|寻思|叫苦|强调|哭(?!声)|道(?=：|歉)|给我(?:看|算|讲|说|倒)|算给我|指着|拿出|提起|嘀咕|吐露|汇报|倒苦水|打包票|拍着?胸脯|主动|支支吾吾|吞吞吐吐|含糊|(?<!没)(?<!不)露面)"
_WHO = r"(?:总|老板娘?|[厂校场店园院社站队馆]长|经理|会计|财务|出纳|负责人|主任|总监|主管|师傅|姐|哥|嫂|叔|姨|婶|先生|女士|本人|法人|老婆|爱人|媳妇|儿子|[材统仓业办管安采库质技施][^，。；]{0,1}员|户主|店主|两口子|夫妻|船老大|实际控制人|工|老[一-龥](?![板家大]))"
REACHED = {
    "zh": _R(
        r"(?:致电|去电|电访|(?<!热)电联|电询|电话回访|回访|问了?|联系了?|约见了?|见了?到?)(?:了)?(?!银行|法院|担保|供应|物业|村)[^，。；没不]{0,10}?{_WHO}(?!的?(?:电话|手机|微信)|[^，。；]{0,4}(?:没|不|未))|{_WHO}(?:亲自)?接(?:的|了|听)|接电话的(?:是|人)?(?!保安|门卫)|接(?:起|通)(?:电话|来)|出来见|迎(?:出来|我)|(?<!没)(?<!没有)(?:碰|撞|逮|堵)(?:见|着|到|上|住)了?(?=他|她|人|老|小|本人|，|[一-龥]{1,4}(?:总|老板))|见着了?(?=他|她|老|小|本人|[一-龥]{0,4}(?:总|姐|哥|户|老板))|手机通了|打通了|聊起|(?:端|递|倒|沏|泡)(?:了|来|上|着)?(?:[一杯根支壶碗]|水|茶|烟)|(?:与|和|跟|同|向)[^，。；没未不]{0,8}?{_WHO}[^，。；没不]{0,3}(?:核实|座谈|面谈|沟通|交流|谈|聊|了解|确认|见面|碰面|对接|唠)|(?:两口子|夫妻俩?|夫妇|父子|兄弟俩|爷俩|人)都在(?=[，。；])|{_WHO}没在，{_WHO}在|{_WHO}在(?=[，。；]|$|场)|{_WHO}(?:亲自|全程|也|就|一直)?(?:带|领|陪|引|出面|出来|在场|迎|招待|出示|拿出|在办公室|在厂|在店|正)|(?:询问|访谈|约谈|座谈|会见|拜会)了?(?!.{0,3}(?:邻居|保安))|客户回复|回复(?:说|：|称|我)|打电话说|让我(?=D|下|过几|改天|等)|(?:老板|厂长|负责人|经理|客户)(?:很|挺|还|比较|态度|蛮)+(?:客气|热情|配合|好|诚恳)|打电话给[^，。]{1,5}，说|打来(?:的)?电话|来电(?:话)?(?:说|称|告)|电话回访得知|回访(?:得知|了解)|谈妥|谈好|谈定|商量好|沟通(?:，|了|后)|对接了|(?:老板|厂长|负责人|经理)姓.{1,2}[，]?[^，。]{0,6}[，]?[^，。]{0,4}(?:说|讲)|(?:^|[，。；])(?:他|她)?(?:还|也|又)?说(?!是|明|实话|法|得|起来|不定|来|好|了算|的是|白|到底|不认识)|(?:问(?!题)|找)(?:了)?[^，。；]{1,4}(?:说|讲)|在(?:炒|干|装|修|忙|车间|棚)[^，。]{0,4}，说|电话回访了(?!.{0,8}(?:没|无|未|不))|(?:老板娘?|厂长|经理|会计|负责人|店长|总)在(?=，|厂|店|办公室|家|的)|见到了?(?!.{0,3}(?:抵押|设备|机器|封条|门|货))|见了(?!底)|接待|陪同|面谈|当面|聊了|聊的|谈了|跟我谈|通了?(?:个|一个)?电话|通话|接了(?!.{0,4}单)|接通|电话一?打就通|约好|约了|约定|说好|讲好|说定|约在|交底|回我|回了(?:我|消息|信|微信)|答应|承诺|承认|碰(?:的头|头|了头|面)|人在(?:的|厂里|店里|呢)?(?:就|，|他|$)|人在的|堵着|堵到|找到(?:了)?(?:人|老板|他|她)|回访对象|他(?:们|自己|本人)?(?:跟我)?(?:还)?(?:说|讲|告诉|反映|表示|称|答应|承诺|坦言)|她(?:们|自己|本人)?(?:跟我)?(?:还)?(?:说|讲|告诉|反映|表示|称|答应|承诺)|对方(?:说|称|表示|讲|告知|反馈)|客户(?:说|称|表示|讲|反映|承诺|告知|反馈)|借款人(?:说|称|表示|自述|反映|承诺|告知)|企业(?:称|表示|方称|方表示|反映|负责人|人员)|校方|跟(?:他|她)(?:聊|谈|说好|讲好|约|见)|厂方(?:说|称|表示)|问了?(?:他|她|老板|会计|财务|厂长)|问(?:他|她)[^，。；]{0,12}(?:他|她)说|我问的(?:他|她)|电话里(?:跟我)?(?:说|讲)|还请我|老板(?:在|接|出来)|打电话问的|据[^，。；]{0,8}(?:介绍|称|反映|负责人|自述)|在家|本人在".replace(
            "{_WHO}", _WHO
        )
    ),
    "en": contact_en.REACHED,
}
PERSON_SPEAKS = {
    "zh": _R(
        rf"(?P<p>(?:{_SURNAME}{{1,2}}|老{_SURNAME}|小{_SURNAME}|阿{_SURNAME})?{TITLE_ZH}(?:{_SURNAME}[^，。；说讲称的]{{0,2}}?)?|老{_SURNAME}|小{_SURNAME})(?:也|又|还|就|在(?=[，。；厂店])|跟我|电话里|微信上|自己|倒是|那边|本人|今天|当场|一直|们|倒|亲口){{0,3}}{SPEECH_ZH}"
    ),
    "en": contact_en.PERSON_SPEAKS,
}
OTHER_SPEAKER = {
    "zh": _R(rf"(?:{_OTHER_ZH})[^，。；]{{0,14}}$"),
    "en": contact_en.OTHER_SPEAKER,
}
NAMED = {
    "zh": _R(
        rf"(?:(?:财务|会计|法定代表人|总经理|负责人|项目负责人|财务负责人|厂长|店长|设备科长)?{_SURNAME}(?:{_SURNAME})?{TITLE_ZH}|(?:财务|会计|出纳|店长|老师)(?:小|老){_SURNAME}|老{_SURNAME}(?![家乡板])|(?:法定代表人|财务负责人|总经理|负责人|财务总监|厂长)[一-龥]{{2,3}}(?=接待|陪同|介绍|称|，|。)|老板娘|老板(?!跑|失联|电话|名)|厂长|项目负责人|项目经理|设备科长|校长|库管|会计|财务(?!报|状|指|数|费|上)|负责人|店长|法人(?!代表人)|场长|社长)"
    ),
    "en": contact_en.NAMED,
}


def facts(page: Page) -> list[Fact]:
    tried = {name: found for name in ("visit", "phone", "message") if (found := _tried(page, name))}
    refused, failed, reached = _refused(page), _failed(page), _reached(page)
    made = []
    channel = _channel(page, tried, reached, failed)
    if channel:
        made.append(page.fact("contact.channel", channel, *tried[channel]))
    outcome, span = _outcome(tried, refused, failed, reached)
    if outcome and span:
        made.append(page.fact("contact.outcome", outcome, *span))
    if outcome or channel:
        person = _person(page, reached)
        made += [page.fact("contact.person", page.evidence(*person).text, *person)] if person else []
    return [*made, *_on(page, tried.get(channel) if channel else None)]


def _tried(page: Page, name: str) -> Span | None:
    for m in CUES[page.lang][name].finditer(page.sk):
        if not _planned(page, m, name) and not (page.lang == "zh" and _elsewhere(page, m, name)):
            return m.span()
    return None


_NONE_EN = _R(r"\b(?:no|without (?:a|any)|didn't|did not|instead of(?: a)?|not) $")


def _planned(page: Page, m: re.Match[str], name: str) -> bool:
    left = page.left(m.start(), 20 if page.lang == "zh" else 44)
    if page.lang == "en" and _NONE_EN.search(left):
        return True
    day = next(
        (
            d
            for d in page.days
            if d.end <= m.start()
            and d.start >= m.start() - 24
            and page.clause(d.start) == page.clause(m.start())
        ),
        None,
    )
    if (
        day
        and day.value
        and day.value > page.today
        and not (day.past and day.past <= page.today and _looks_back(page, m))
    ):
        return True
    bare = left if not day else left[max(0, len(left) - (m.start() - day.end)) :]
    bare = bare.replace("D", "") if day else bare
    done = (
        page.lang == "zh"
        and re.search(r"^(?:了|过|的|到)", page.sk[m.end() : m.end() + 1])
        and "再" not in left[-4:]
    )
    if name == "visit" and re.search(
        r"改到|改期|去不成|延到|推到|没去成|临时有事|取消了|挪到", page.after(m.start(), 30)
    ):
        return True
    if done:
        return False
    return bool(PLANNED[page.lang].search(bare.replace("D", ""))) and name != "message"


def _looks_back(page: Page, m: re.Match[str]) -> bool:
    words = page.left(m.start(), 16) + page.right(m.start(), 24)
    if page.lang == "zh" and re.match(r"[。；]|$", page.sk[m.end() : m.end() + 1]):
        return False
    if page.lang == "zh":
        return not re.search(r"再|拟|将|要|下次|打算|计划|约|准备|改", words[:24])
    return not re.search(r"\b(?:will|next|again|going|plan)\b", words)


def _elsewhere(page: Page, m: re.Match[str], name: str) -> bool:
    """Not the borrower's place (the registry, the court), or somebody else's journey."""
    if name == "visit":
        if m.group()[0] in "到进在" and re.search(
            r"(?:转|打|用|汇|投|还|提|付|流|拿|借|划|存|堆|欠|做|干|建|盖|推|开|完成|进度|得|压|还在|垫|送|运|排|卖|花|放|等|直|做|找|收|回|达|看|见|碰|遇|接|说|想|谈|叫|轮)$",
            page.sk[max(0, m.start() - 2) : m.start()],
        ):
            return True
        if m.group().endswith("上见"):
            return False
        if m.group().startswith("进场"):
            return True
        if m.group().startswith("去了") and page.sk[max(0, m.start() - 1) : m.start()] in tuple(
            "司里头家厂户行店出回进过上下送用花给"
        ):
            return True
        words = m.group() + page.right(m.end(), 8)
        if m.group()[0] in "见碰堵逮撞" and re.search(
            r"行里|我行|银行|来行|支行|网点", page.after(m.end(), 18)
        ):
            return True
        gone = re.search(
            r"(?:他|她|老板|车|设备|钱|货|说|A|工人|转|交|投|贷款|客户|资金|保险公司|他们|法院|打|堆|存|库|人)(?:们)?(?:人|现在|也|又|就|自己|都|在|跟我说|已经|今天|上周|花|款|了|里)*$",
            page.left(m.start(), 8),
        )
        own = re.search(r"我", page.left(m.start(), 14))
        if m.group().endswith("时候"):
            words = m.group()
        return bool(NOT_OURS.search(words[:10])) or bool(
            gone and not own and m.group()[0] in "去到在从往进转"
        )
    if name == "phone" and m.group() == "打给":
        return bool(re.search(r"A|钱|款|资金|货|费|息", page.left(m.start(), 10))) or bool(
            re.match(r"了?[^，。；]{0,8}(?:公司|投资|账|户|A|厂|行)", page.sk[m.end() : m.end() + 12])
        )
    if name == "phone":
        return bool(
            re.search(
                r"(?:保险公司|法院|担保公司|供应商|税务局|派出所|他行)[^，。]{0,4}$", page.left(m.start(), 12)
            )
        )
    return bool(
        re.search(r"微信(?:转账|支付|收款)|短信提醒|微信里(?:的)?钱", page.sk[m.start() : m.end() + 4])
    )


def _channel(page: Page, tried: dict[str, Span], reached: Span | None, failed: Span | None) -> str | None:
    if not tried:
        return None
    if reached and len(tried) > 1:
        works = [c for c in tried if not _channel_failed(page, c, tried[c])]
        if "visit" in works:
            return "visit"
        if "phone" in works and re.search(r"\b(?:rang|called|phoned|picked up)\b", page.sk[slice(*reached)]):
            return "phone"
        return min(works, key=lambda c: abs(tried[c][0] - reached[0])) if works else next(iter(tried))
    if (
        "message" in tried
        and failed
        and not reached
        and "visit" not in tried
        and failed[0] > tried["message"][0]
        and "phone" not in tried
    ):
        return "message"
    return next(iter(tried))


def _channel_failed(page: Page, channel: str, span: Span) -> bool:
    after = page.after(span[0], 26 if page.lang == "zh" else 80)
    if channel == "visit":
        return bool(
            re.search(
                r"门锁|锁着|没人(?!接)|扑空|紧闭|没见到人|铁将军|上锁|锁了|locked|nobody|no one|padlocked|deserted|shut|lock and key|closed",
                after[: 24 if page.lang == "zh" else 70],
            )
        )
    words = FAIL[page.lang].search(after)
    return bool(words)


def _outcome(
    tried: dict[str, Span], refused: Span | None, failed: Span | None, reached: Span | None
) -> tuple[str | None, Span | None]:
    if refused:
        return "refused", refused
    if reached:
        return "reached", reached
    if failed and tried:
        return "unreachable", failed
    return None, None


def _refused(page: Page) -> Span | None:
    for m in REFUSE[page.lang].finditer(page.sk):
        left = page.left(m.start(), 18 if page.lang == "zh" else 50)
        if page.lang == "zh" and (
            re.search(
                r"客户(?!不|拒)|下游|供应商|没有|并未|没$|未$|供货|他们不让|施工|消防|环保|银行|收货|房东|D",
                left[-10:],
            )
            or re.search(r"冻|电话本|号码", left[-6:])
        ):
            continue
        if (
            page.lang == "zh"
            and m.group().startswith("挂")
            and not re.search(r"银行|不|别|烦|没说|两句|几句|就|一听|直接", page.before(m.start(), 16))
        ):
            continue
        if page.lang == "en" and re.search(
            r"\b(?:supplier|customer|buyer|bank|insurer|mill|landlord)s?\b[^.;]{0,20}$", left
        ):
            continue
        if "闭门羹" in m.group() and FAIL["zh"].search(page.before(m.start(), 24) + page.after(m.end(), 24)):
            continue
        if re.search(r"后来|最后|不过|later|eventually|in the end", page.after(m.end(), 12)) and _reached(
            page
        ):
            continue
        return m.span()
    return None


def _failed(page: Page) -> Span | None:
    for m in FAIL[page.lang].finditer(page.sk):
        left = page.left(m.start(), 16)
        if (
            page.lang == "zh"
            and re.search(
                r"担保人|客户(?:电话|那边)|下游|工人|供应商|监控|仓库(?!门)|存货|工地上|没人欠", left[-8:]
            )
        ) or re.search(r"没人干|无人机|没人(?:干|上班|管)", page.sk[m.start() : m.end() + 3]):
            continue
        if page.lang == "en" and _NEIGHBOUR_EN.search(page.left(m.start(), 30) + m.group()):
            continue
        return m.span()
    return None


_NEIGHBOUR_EN = _R(r"\b(?:neighbou?r\w*|next door|competitor\w*|customer'?s|supplier'?s)\b")


def _reached(page: Page) -> Span | None:
    for m in PERSON_SPEAKS[page.lang].finditer(page.sk):
        told = page.left(m.start(), 16) + m.group("p") if page.lang == "zh" else page.left(m.start(), 60)
        if not OTHER_SPEAKER[page.lang].search(told) and not _silent(page, m):
            return m.span("p")
    if quoted := _quoted(page):
        return quoted
    for m in REACHED[page.lang].finditer(page.sk):
        if page.lang == "en" and contact_en.OTHER_AFTER.match(page.right(m.end(), 60)):
            continue
        left = page.before(m.start(), 22 if page.lang == "zh" else 70)
        if not OTHER_SPEAKER[page.lang].search(
            left if page.lang == "en" else page.left(m.start(), 18)
        ) and not _silent(page, m):
            return m.span()
    return None


_SPEAKS = _R(
    r"(?<![听据我再传来话小细瞎别函告照名简统职])(?:说(?!是|的|明|实话|法|得|起来|不定|到底|白了|好|一下|一声|句|话|实在|没用到)|讲(?!究|话|好)|声?称(?!重|为)|反映|告诉我|承认|坦言|答应|承诺|解释|抱怨|微信回的|回的(?=：|，)|支支吾吾)"
)


def _quoted(page: Page) -> Span | None:
    """Any words quoted, but for the author's own and an outsider's, come from somebody of the borrower."""
    if page.lang == "en":
        return _quoted_en(page)
    for m in _SPEAKS.finditer(page.sk):
        left = page.left(m.start(), 14)
        if re.match(r"(?:根本|压根)?不认识|打错", page.sk[m.end() : m.end() + 5]):
            continue
        if not OTHER_SPEAKER["zh"].search(left) and not re.search(
            r"我(?:跟|和|对|就|也|问)?[^，。]{0,4}$|客户的|法院|通知|公告|合同|有人|人家|都$|要求|没|传言|媒体|村里|系统|报告|记录|律师|保险",
            left[-8:],
        ):
            return m.span()
    return None


def _quoted_en(page: Page) -> Span | None:
    for m in contact_en.SPOKE.finditer(page.sk):
        left = page.before(m.start(), 110)
        if not (contact_en.NOT_SPOKE.search(left) or contact_en.OUTSIDER.search(left) or _silent(page, m)):
            return m.span()
    return None


_OWN_PERSON = _R(
    r"\b(?:owner|director|manager|boss|foreman|cfo|accountant|bookkeeper|mr|mrs|ms|wife|husband|son|daughter|supervisor)\b"
)


def _silent(page: Page, m: re.Match[str]) -> bool:
    """The words are there but nobody spoke: no meeting, a plan, or the lender's own."""
    if page.lang == "en" and m.group()[:3] in ("he ", "she"):
        earlier = page.sk[max(0, m.start() - 120) : m.start()]
        if contact_en.OUTSIDER.search(earlier) and not _OWN_PERSON.search(earlier):
            return True
    if page.lang == "zh":
        left = page.left(m.start(), 10)
        if re.match(r"致|去电|电|联系|约见|见", m.group()) and FAIL["zh"].search(page.after(m.end(), 22)):
            return True
        if re.search(r"改到|改期|去不成|没去成|挪到", page.after(m.start(), 30)) and re.match(
            r"说好|约好|约了|定好|约定", m.group()
        ):
            return True
        if re.search(
            r"(?:没有?|未能|未|不|没能|想|要|争取|改天|下次|回头|准备|打算|到时候?|当场没|D)(?:跟|和|与|再|能|有|去|来|当面)?[^，。；]{0,4}$",
            left,
        ) and not re.search(r"D[^，。；]*(?:在|去|到)|要(?:求|账)", left):
            return True
        return bool(
            re.search(r"电话里说不|说不定", page.sk[m.start() : m.end() + 3])
            or (
                re.search(r"^(?:约好|约了|约定|说好|约在)", m.group()) and re.search(r"合同|没|按", left[-4:])
            )
        )
    left = page.left(m.start(), 30)
    return bool(
        re.search(
            r"\b(?:not|didn't|never|couldn't|no one|nobody|will|to be|hasn't|hope to|plan to|neither|haven't|wouldn't|refused to|until)\b[^.;,]{0,14}$",
            left,
        )
    )


def _person(page: Page, reached: Span | None) -> Span | None:
    if reached:
        m = PERSON_SPEAKS[page.lang].search(
            page.sk, max(0, reached[0] - 4), min(len(page.sk), reached[1] + 12)
        )
        if m and m.start("p") <= reached[1]:
            better = NAMED[page.lang].search(page.sk, max(0, m.start("p") - 4), m.end("p"))
            return better.span() if better and better.end() >= m.end("p") - 1 else m.span("p")
    m = NAMED[page.lang].search(page.sk)
    return m.span() if m else None


def _on(page: Page, span: Span | None) -> list[Fact]:
    """The day of the visit or call, where it's said and isn't the day of the report."""
    if not span:
        return []
    for d in page.days:
        near = abs(d.start - span[0]) < 24 and page.clause(d.start)[0] <= span[0] < page.sentence(d.start)[1]
        if (
            near
            and d.past
            and d.past < page.today
            and (d.value is None or d.value <= page.today or d.past > page.today.replace(day=1))
            and (page.today - d.past).days < 60
            and d.end <= span[1] + 2
        ):
            return [page.fact("contact.on", d.past.isoformat(), d.start, d.end)]
    return []
