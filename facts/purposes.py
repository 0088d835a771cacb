"""What money is used for: the words that name each purpose, Chinese and English."""

from __future__ import annotations

import re
from functools import cache

from facts.purposes_en import EN

# Earlier purposes win where two are named in one phrase.
ZH: tuple[tuple[str, str], ...] = (
    ("personal", r"给(?:老板|自己|儿子|老婆|女儿|他自己)[^，。A]{0,3}(?:买|换|提|配|添|弄|订)[^，。]{0,5}(?:车|宝马|奔驰|奥迪|路虎|保时捷|手机|表)|(?:买|换|提|购)[^，。A]{0,4}(?:宝马|奔驰|奥迪|路虎|跑车|越野车|私家车|豪车|保时捷)|打牌|牌桌|(?:搓|麻)将(?:桌|馆)|打赏|游戏充值|充游戏|KTV|夜总会|做寿|满月酒|祝寿|丧事|白事|红事|整容|美容卡|信用卡|花呗|自己开|自用|家用|旅游|度假|结婚|婚礼|彩礼|嫁妆|学费|留学|看病|医药费|赌|输(?:掉|了|光)|打麻将|个人消费|私人(?!借|老板)|家庭(?:消费|开支|旅游)|消费(?!者|品)|奢侈|名表|手表|办酒|请客(?!送礼)|生活费|自己花|房贷|孩子|出国游|保健品|家里(?:装修|开销|用)|装[^，。；]{0,4}(?:新房|婚房)|娶媳妇|娶亲|随礼|养老|看病"),
    ("related_party", r"(?:股东|关联|老婆|婆娘|婆姨|堂客|内人|老伴|对象|外甥女?|侄女|侄儿|亲家|连桥|连襟|合伙人|兄弟|媳妇|爱人|妻子|丈夫|弟弟|哥哥|姐姐|妹妹|小舅子|大舅子|舅子|姐夫|妹夫|表弟|表哥|堂弟|堂哥|儿子|女儿|女婿|侄子|亲戚|家族|母公司|子公司|总公司|兄弟公司|兄弟企业|配偶|之妻|之子|太太|丈夫|母亲|控股|实控人|实际控制人|法人代表|法定代表人|法人|老板|自己|名下|同一老板|他爸|父亲|岳父|丈母娘|集团|另外?一家)[^，。；]{0,14}(?:公司|企业|厂|店|账户|户头|卡上|卡里|开的|名下|股东|工作室|商行|超市|拿走|合作社|个人卡|个人户|私人账|卡)|实际控制的|空壳公司|股东(?:拿|借|挪|分红)?|关联(?:公司|企业|方|户)|控股股东|实际控制人|实控人|母公司|子公司|兄弟公司|集团公司|分红|(?:哥|弟|姐|妹|叔|舅|姑|姨|丈人|亲家)(?:的|开的?|那)?[^，]{0,3}(?:公司|厂|店|账户|卡)"),
    ("private_lending", r"(?:拿|借|倒|挪)(?:去|出)?给(?:了)?(?:他|她)?(?!工人|员工|供应|厂)[^，。；]{0,5}(?:周转|应急|救急|用了)|借给|转借|出借|拆借给|放贷(?!款)|放款给|放高利|放款(?=吃|收)|吃利息|合伙放|放出去|放了?水钱|借[与予]|备注(?:是|为)?借款|放水(?![池塘稻])|放数|放码|民间借出"),
    ("cash_withdrawal", r"取现|提现|[取提领](?:了)?出来|(?:取|领|支|提)(?:了|走|出)(?:的)?现(?:金|钱|款)|取的?现金?|取了?现|现金(?:取|提)|提取现金|取成现金|取走|提走现金|现金(?:方式|形式)?(?:支取|取出|取走)|支取(?=，|。|$)|提了现|现金支取|支取现金"),
    ("securities", r"股票|炒股|股市|期货|基金(?!会)|理财|证券|虚拟币|比特币|炒币|债券|信托|二级市场|打新"),
    ("debt_repayment", r"(?:还(?!跟|向|有|在|是|没|欠|要|能|得|想|剩|找|从)|归还|偿还|结清|置换|清偿|抵|填|归|平)(?:了|掉|的|清|完)?[^，。；]{0,16}(?:贷款|借款|信用社|银行|旧账|欠款|债|网贷|小贷|小额贷|网贷|民间|高利贷|外债|旧贷|尾贷|农信|农商|他行|月供|过桥|倒贷|老账|以前的账|之前的账|私人|亲戚|朋友|本金|利息|垫的钱|垫款|垫付|借的|旧欠|旧债|水钱|拆借|村里|信贷|贷的款|典当|欠账(?!款)|房东的债)|旧债|老债|陈账|还债|还旧|借新还旧|倒贷|过桥|以贷还贷|还账|还贷"),
    ("real_estate", r"买[^，。；]{0,6}(?:房|商铺|铺面|铺子|门面|地皮|地块|公寓|别墅|写字楼)|购[^，。；]{0,4}(?:房(?!租)|商铺|住宅|公寓|土地|地块)|房子|(?:房|铺|楼)[^，。]{0,4}首付|竞买|竞得|竞拍|土地使用权|(?:工业|商业|住宅|建设)用地(?!租)|地块(?!租|平整)|宅基地|车位|(?<![机车备])首付(?!款)|住宅|商品房|公寓|别墅|学区房|楼盘|拿地|地皮|买地(?![磅秤板暖膜坪毯笼砖胶])|拍地|竞拍土地|土地出让|土地款|(?:商铺|铺面|写字楼)(?![^，。A]{0,3}(?:租|装|押|物业|改|翻))|炒房|置业"),
    ("tax", r"税"),
    ("wages", r"工资|薪|社保|奖金|工钱|五险|公积金|人工(?!智能)|人员开支|劳务费|民工|遣散|加班费|开支(?=工人)|年终奖|补偿金|工人的钱|给工人发|发钱给工人|医保|人头费|出粮|绩效|提成|酬金|人工|社会保险|薪金|薪水|工人(?=A|的?(?:账|钱))|误餐|伙食费|抚恤"),
    ("rent_utilities", r"房租|租金|店租|厂租|地租|租地|场租|水电|电费|水费|燃气|气费|暖气费|取暖费|物业|押金|场地费|承包费|流转费|摊位费|承租|转让费|租仓|租厂|交租|土地租|租土地|租房|租店|店面租|房费|蒸汽费|热力费|天然气|网费|停车场租|仓储费|年租|租赁费|租摊|进场费|租塘|租山|房东|厂租|铺租|档租|租的?钱|燃料动力费|电力费|动力电费|柴?油?电费|暖气|取暖|水费|供暖"),
    ("other", r"广告|推广|参展|展会|展位|咨询费|软件|培训|研发|保险费|保费|(?<!社会)保险(?!公司|柜)|中介费|担保费|捐|手续费|专利|招待费|营销|宣传|加盟费|检测费|认证|环评费|律师费|监理费|咨询|设计|勘察|其他费用|运费|物流费|运输费|加盟|诉讼费|罚款|赔偿|违约金|保证金|直播|平台费|系统开发|加工费|外协|代工|投流|推流|刷单|流量|代运营|拍摄|网站|小程序|差旅|审计|评估费|注册|罚金|罚没|请客送礼|投了?流|股权|并购|增资|兽医|防疫费|化验|检验费|设计费|测绘|招标代理|勘测|可研|作业费|服务费|维修费|修理费|保养费|修车(?:费|$)|能评|安评|咨询公司|顾问费|路费|车船费|过路费|通行费|保安费|清洁费|办公用品|办公费|会务|会费|年会|团建|样板费|开模费|打样|试验费|检疫|仲裁|公证|评审|招聘|猎头|课程|考察|摊位|品牌|ERP|(?:管理|信息|收银)系统|信息化"),
    ("construction", r"装修|总包|承包商|烘干房|钢构|EPC|库房|机房|饲料房|看护房|管理房|门房|施工方|工程队|包工头|建筑公司|土建|工程(?:预付|尾|首付|质保|结算|费|支出|材料)?款|工程费|工程支出|工程进度款|进度款|施工|厂房|猪舍|鸡舍|鸡棚|猪棚|牛棚|羊圈|猪圈|牛舍|大棚|棚(?!户)|基建|扩建|改建|新建|改造|盖|建(?!材|行|议)|翻修|(?<!维)(?<!检)修(?!理|车)|地坪|钢结构|办公楼|宿舍|仓库(?!进|备|囤)|车间(?!设备|工人)|土地平整|挖塘|鱼塘改造|修塘|清塘|道路|围墙|地基|桩基|打了?桩|打(?:机)?井|水井|钻井|主体|外墙|幕墙|管网|绿化|水泥(?=.{0,3}浇)|防水|消防(?:工程|改造)|配套设施|(?:环保|沉淀|化粪|沼气|蓄水|污水)池|温室|钢架(?!构)|棚架|覆膜|封顶|封闭|屋顶|屋面|吊顶|保温|门窗|硬化|钢棚|雨棚|路面|护坡|排水沟|污水(?:站|池|处理)|环保(?:设施|改造|工程)|加固|电力?增容|线路改造|配电房|改水改电|水电改造|刷墙|隔断|门头|店面装|施工费|人工挖|平整|搭|砌|浇筑|水渠|场房|青贮窖|地窖|(?:拉|架|接)(?:了|的)?(?:电线|动力电|专线|水管|电)|铺(?:了)?(?:路|管|沥青|地)|圈舍|栏舍|羊舍|兔舍|鸭棚|虾塘|鱼池|虾池|塘口|坝|码头|货场|堆场|停车场|晒场|晾晒棚|门面装|店铺装|铺面装|铺子装|粉刷|水电安装|安装工程|管沟|基坑|护栏|亮化|景观|苗圃棚|连栋|灶房|泥工|瓦工|木工(?!机|板|刨)|包工|施工队|建筑队|建筑商|建筑公司|总承包|分包|冷库(?!设备|机)"),
    ("equipment", r"设备|机器|机床|车床|铣床|磨床|钻床|冲床|机械|加工中心|生产线|流水线|产线|线体|新线|(?<![毛棉电纱丝针光铜铝钢漆焊网缆导裸铁鱼缝彩数])线(?![路上下索缆材人圈])|模具|牵引|货车|卡车|叉车|挖机|挖掘机|吊车|装载机|铲车|搅拌车|泵车|冷藏车|冷链车|槽车|罐车|客车|面包车|校车|电动车|三轮|汽车|小车|车辆|购车|买车|挂车|车头|车(?!间|主|位|险|展|皮|费|款)|机组|锅炉|烤箱|烤炉|炉|烘干|仪器|泵|压缩机|机械手|机器人|收割机|拖拉机|插秧机|无人机|渔船|船(?!员|东|长|厂|务|期)|变压器|空压|注塑机|织机|绣花机|缝纫机|裁床|印刷机|切割机|激光机|折弯机|焊机|包装机|灌装|分拣|冷柜|锅|坛子|酒坛|陶坛|大缸|冰柜|货架|电梯|空调|厨具|灶|工具|刀具|夹具|发电机|光伏板|逆变器|监控|服务器|电脑|检测仪|(?<![茅平阳舞灶讲柜后前])台(?!账|风|湾|州|历|阶|布)|(?<!司)机(?!会|构|动|票|场|油|手|修)|(?<!河)(?<!苗)床(?!品|单|垫|上|位费)|粉碎机|搅拌|输送带?|皮带机|传送带|罐车|电瓶车|面包房设备|蒸笼|冻库机|制氧|粮仓筒|筒仓|料塔|牛栏|产床|限位栏|颗粒机|揉丝|打谷|烘箱|脱粒|碾米|磨面机|榨油|压榨|提升机|除尘|脱硫|脱硝|反渗透|过滤|离心|干燥|冷凝|换热|冷却塔|模架|卡盘|治具|夹治具|激光|铲子|镗床|刨床|数控|龙门|皮划艇|游艇|快艇|冲锋舟|罐|塔|反应釜|家具|餐桌|硬件|水车|增氧|投料机|网具|渔具|网箱|桌椅|课桌|器械|器材|厢货|小货|大货|二手车|彩超|喷灌|滴灌|充电桩|地磅|渔网|组件|支架|电池片|(?<!银行)(?<!在)(?<!去)(?<!的)柜台(?!取|支|提|面|领|把)|吧台|展柜|衣架|收银|pos|显示屏|大屏|投影|音响|钢琴|滑梯|教具|半挂|板车|平板车|皮卡|摩托|旋耕|播种|打捆|挤奶|孵化|制冷|制冰|窑|龙门吊|行车|塔吊|升降|脚手架|盘扣|集装箱|核磁|x光|b超|ct|储罐|冷链(?=设备|车)|养殖槽|水帘|地坑秤|地秤|打包|色选|胶印|复印|打印|喷码|雕刻|裁剪|缝|绣|锁边|封边|点胶|贴片|回流焊|抛光|电镀线|喷涂|喷漆房|安装调试|自动化|智能化|信号塔|充电|储能|蓄电|水泵|蜂箱|笼|料槽|水槽|水肥|潜水泵|净水|消毒柜|洗碗|蒸箱|烤|炒锅|抽油烟|油烟|冰箱|咖啡机"),
    ("raw_materials", r"(?:机|车|船|设备)(?:的)?(?:零?配件|零部件|备件)|糯米|(?<!厘)(?<!平方)(?<!立方)(?<!毫)米(?!数)|铸件|锻件|毛坯|药品|耗材|食材|服装|鞋|家电|建材|五金|百货|饮料|奶(?!粉厂|奶|茶)|茅台|型材|管材|电缆|染料|助剂|草料|青贮|药材|茶青|鲜叶|蟹|贝|饵|木薯|花生|芝麻|辣椒|大蒜|红枣|枸杞|葡萄|桑叶|树(?!脂)|蚕茧|原料|原材料|材料|备货|进货|囤货|铺货|补货|备料|进料|辅料|配件|零件|料|钢|铝|铜|铁|饲料|布|纱|棉|玉米|大豆|黄豆|豆|稻|粮|麦|粒子|塑料|树脂|木|板材|化肥|肥|种子|种苗|苗|鱼苗|猪苗|鸡苗|仔猪|猪仔|牛犊|小牛|鸡崽|鸭苗|虾苗|种鸡|种猪|母猪|药|农资|存货|库存|(?<!设备)(?<!机器)采购款|货款|货|轮胎|柴油|油(?!烟)|面粉|大米|糖|芯片|元器件|电子料|茶|水果|苹果|(?<![结如效成后])果|蔬菜|菜|海鲜|冻品|鱼(?!塘)|虾|肉|蛋|煤|矿|砂|石子|石材|水泥|瓷砖|涂料|油漆|胶|纸|皮|丝|羊绒|羊毛|面料|坯布|化工|酒|包材|(?<!设备)(?<!机器)供应商|(?<!设备)供货商|纸箱|包装(?!线|机|设备|生产线|流水线|车间)|玻璃|电池|线缆|PVC|焦炭|生铁|合金|废钢|煤炭|沥青|原木|橡胶|牛|羊|猪|鸡|鸭|鹅|兔|鸽|犊|菌|地膜|农膜|薄膜|砂浆|商砼|混凝土|管道|管件|电线|管桩|电芯|图书|教材|鲜花|花卉|绿植|烟(?!囱)|饮品|半成品|成衣|样品|绒|胚|线绳|拉链|纽扣|扣子|香料|调料|冻货|水产|批货|拿货|上货|订货|铺底货|春耕|卷板|板坯|镍|锌|锡|硅|碳酸锂|正极|参苗|卷材|锭|粉|醇|酸|碱|蜡|竹|藤|香菇|木耳|棉花|籽|饼|粕|骨|绳|弹簧|轴承|螺丝|紧固件|标准件|开关|灯珠|面板|屏|模组|主板|电机|盘条|线材|方管|圆管|角铁|角钢|槽钢|螺纹|铜排|铜杆|铁矿|生料|熟料|膨润土|尿素|钾肥|复合肥|磷肥|氮肥|二铵|农药|菌棒|菌种|菌包|种薯|薯种|秧|籽种|蒜种|姜种|活禽|活鱼|螃蟹|泥鳅|黄鳝|小龙虾|龙虾|种蛋|雏|獭兔|貂|狐|貉|蚕种|蜜蜂|蜂王|生漆|釉|坯|泥料|陶土|瓷土|高岭|石墨|碳粉|炭|丙烯|聚乙烯|聚丙烯|乙二醇|甲醇|液氨|盐酸|硫酸|纯碱|烧碱|助焊|焊丝|焊条|焊锡|锡膏|铆钉|五金件|塑胶|色母|母粒|打包带|标签|酒瓶|瓶子|瓶盖|纸板|白卡|卡纸|油墨|版材|书|玩具|文具|箱包|围巾|袜|帽|手套|内衣|家纺|窗帘|毛线|羽绒|拉毛|胚布|牛仔|帆布|尼龙|涤纶|锦纶|氨纶|化纤|珍珠|玉石|翡翠|黄金|银料|首饰|饰品|宝石|钻石|手机|电子产品|数码|灯具|卫浴|洁具|地板|家居|床垫|海带|紫菜|鲍鱼|海参|扇贝|生蚝|牡蛎|带鱼|鱿鱼|虾仁|鳗|冰鲜|干货|坚果|瓜子|核桃|板栗|荔枝|龙眼|榴莲|芒果|香蕉|橙|柑|桔|橘|梨|桃|西瓜|草莓|番茄|西红柿|土豆|洋芋|红薯|山药|魔芋|萝卜|白菜|生姜|洋葱|花椒|八角|桂皮|砂仁|三七|天麻|当归|黄芪|党参|人参|咖啡(?!机|店|馆)|可可|奶粉|鲜奶|生鲜|日用品|日化|洗化|化妆品|母婴|医用|试剂|疫苗|兽药|鱼药|保健品原"),
    ("working_capital", r"周转|流动资金|日常经营|日常运营|日常开支|日常开销|日常|运营|经营(?:支出|开支|周转)?|维持|运转|零碎|零星|开销"),
)  # fmt: skip


@cache
def _table(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(words)) for name, words in (ZH if lang == "zh" else EN))


FIRST = frozenset(
    {
        "personal",
        "related_party",
        "private_lending",
        "cash_withdrawal",
        "securities",
        "debt_repayment",
        "real_estate",
    }
)


def named(phrase: str, lang: str) -> list[tuple[str, int, int]]:
    """Every purpose named in the phrase, as (code, start, end)."""
    return [(code, m.start(), m.end()) for code, words in _table(lang) if (m := words.search(phrase))]


def purpose(phrase: str, lang: str, *, last: bool = False) -> tuple[str, int, int] | None:
    """What the phrase spends money on. A conduct that matters (lent on, cash) wins over plain goods; of goods the
    first that's named counts, or the `last` where the phrase stands before its amount."""
    found = named(phrase, lang)
    if not found:
        return _bought(phrase) if lang == "zh" else None
    if lang == "zh" and any(
        c == "construction" and phrase[a:b] in ("修", "建", "盖", "搭", "改造", "装") for c, a, b in found
    ):
        found = (
            [f for f in found if f[0] != "construction"] if any(f[0] == "equipment" for f in found) else found
        )
    grave = [f for f in found if f[0] in FIRST]
    if grave:
        traded = next((f for f in grave if f[0] == "securities"), None)
        return traded if traded and traded[1] < grave[0][2] and traded[2] > grave[0][1] else grave[0]
    if not last:
        first = _longest(found, lang)
        if lang == "zh":
            return _head_zh(found, first, phrase)
        return _head(phrase, found, first) or first
    joined = re.search(r"[和及与](?=[^，。和及与]{1,6}$)", phrase) if lang == "zh" else None
    if joined and (earlier := purpose(phrase[: joined.start()], lang, last=True)):
        return earlier
    return max(_lasts(found, phrase, lang), key=lambda f: (f[2], -f[1]))


_PARTS = re.compile(r"(?:零?配件|零部?件|备件|耗材|材料|原料)")
_HEADS = ("wages", "rent_utilities", "other", "tax")


_PLACE = re.compile(
    r"[一-龥]{0,2}?(?:棚|房(?!租)|车间|库(?!存)|大楼|楼|水?池|基础|地基|场地|生产基地)(?!里|的|机|设备|款机|用)"
)
_FITTED = re.compile(r"[一-龥]{0,2}?(?:装修|装潢|扩建|翻新)")
_MACHINE = re.compile(
    r"(?![^机设炉]{0,3}[和及与跟还又交付发租买修建盖、的])[一-龥]{0,3}?(?:机(?!油|构|会|票|房|修|电)(?:器|械|组)?|设备|生产线|流水线|产线|炉子?)"
)


def _compound(first: tuple[str, int, int], phrase: str) -> tuple[str, int, int]:
    """The last word of a compound tells what it is: 分拣棚 is a building, 饲料机 a machine."""
    code, start, end = first
    if code == "equipment" and (place := _PLACE.match(phrase, end)):
        return "construction", start, place.end()
    if code in ("other", "raw_materials") and (fitted := _FITTED.match(phrase, end)):
        return "construction", start, fitted.end()
    if code == "raw_materials" and (machine := _MACHINE.match(phrase, end)):
        return "equipment", start, machine.end()
    return first


def _head_zh(
    found: list[tuple[str, int, int]], first: tuple[str, int, int], phrase: str
) -> tuple[str, int, int]:
    """Chinese names the thing last: 船员工资 is wages, 设备租金 rent."""
    heads = [
        f
        for f in found
        if (f[0] in _HEADS and 0 <= f[1] - first[2] <= 3)
        or (first[0] == "equipment" and f[2] > first[2] and _PARTS.match(phrase, first[2]))
    ]
    near = [
        f
        for f in heads
        if re.fullmatch(r"[一-龥]{0,3}", phrase[first[2] : f[1]])
        and not re.search(r"[和及与跟还又交付发]", phrase[first[2] : f[1]])
    ]
    return near[0] if near and first[0] not in FIRST else _compound(first, phrase)


_COMPOUND = re.compile(r"[ -](?:(?!and|or|of|for|on|to|in|from|with|at|plus|the)\w+[ -])?")


def _head(
    phrase: str, found: list[tuple[str, int, int]], first: tuple[str, int, int]
) -> tuple[str, int, int] | None:
    """English names the thing last: steel construction is construction, heating equipment is equipment."""
    heads = [f for f in found if f[0] in ("construction", "equipment") and 0 < f[1] - first[2] < 12]
    if first[0] in ("construction", "rent_utilities", "other"):
        heads = [f for f in heads if f[0] == "equipment" and _COMPOUND.fullmatch(phrase[first[2] : f[1]])]
    elif first[0] != "raw_materials":
        return None
    return heads[0] if heads else None


_BOUGHT = (
    (
        "equipment",
        re.compile(
            r"(?:买|购|换|添|上|置|订|装)[^，。；]{0,4}[一二两三四五六七八九十\d][台辆套条部艘组架座][^，。；]{0,8}"
        ),
    ),
    (
        "raw_materials",
        re.compile(
            r"(?:(?<!应)(?<!营业)(?<!销售)(?<!年)(?<!总)收(?!入|款|账|回|到|益|据|尾|取|割机)购?|进(?!度|展|场|去|来|了?账)|囤|备|种(?!子|类|苗)|采购?)(?:了|的|些|一批|点)?[一-龥]{1,6}?(?=花|用|，|。|的|$)"
        ),
    ),
    ("construction", re.compile(r"(?:修|盖|建|砌|铺|挖|浇)(?:了|的|个|一[个栋座间])?[一-龥]{1,6}")),
)


def _bought(phrase: str) -> tuple[str, int, int] | None:
    """A thing that isn't in the tables: its measure or its verb tells what kind it is."""
    return next(((code, *m.span()) for code, words in _BOUGHT if (m := words.search(phrase))), None)


def _longest(found: list[tuple[str, int, int]], lang: str) -> tuple[str, int, int]:
    order = {code: n for n, (code, _) in enumerate(_table(lang))}
    return min(
        found,
        key=lambda f: (f[1] // 3, -(f[2] - f[1]) // 2, order[f[0]]) if lang == "zh" else (f[1], order[f[0]]),
    )


def _lasts(found: list[tuple[str, int, int]], phrase: str, lang: str) -> list[tuple[str, int, int]]:
    tables = dict(_table(lang))
    ends = []
    for code, _, _ in found:
        *_, m = tables[code].finditer(phrase)
        ends.append((code, m.start(), m.end()))
    return ends
