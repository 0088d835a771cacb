"""Words that speech engines write with other characters of the same sound: 停铲 is 停产, 开公率 is 开工率."""

from __future__ import annotations

# Characters of one sound stand together; the first stands for all.
_CLASSES = (
    "保苞胞包褒薄雹堡饱宝抱报暴豹鲍爆 被杯碑悲卑北辈背贝钡倍狈备惫焙 材猜裁才财睬踩采彩菜蔡 查插叉茬茶碴搽察岔差诧 产搀蝉馋谗缠铲阐颤 存村寸 贷呆歹傣戴带殆代袋待逮怠 单担耽丹郸掸胆旦氮但惮淡诞弹蛋 "
    "抵堤低滴迪敌笛狄涤翟嫡底地蒂第帝弟递缔 订丁盯叮钉顶鼎锭定 冻东冬董懂动栋侗恫洞 度督毒犊独读堵睹赌杜镀肚渡妒 额蛾峨鹅俄讹娥恶厄扼遏鄂饿 封丰枫蜂峰锋风疯烽逢冯缝讽奉凤 "
    "复佛夫敷肤孵扶拂辐幅氟符伏俘服浮涪福袱弗甫抚辅俯釜斧腑府腐赴副覆赋傅付阜父腹负富讣附妇缚咐 高篙皋膏羔糕搞镐稿告 工供攻功恭龚躬公宫弓巩汞拱贡共 过锅郭国果裹 户呼乎忽瑚壶葫胡蝴狐糊湖弧虎唬护互沪 "
    "货豁活伙火获或惑霍祸 积击圾基机畸稽箕肌饥迹激讥鸡姬绩缉吉极棘辑籍集及急疾汲即嫉级挤几脊己蓟技冀季伎祭剂悸济寄寂计记既忌际妓继纪藉 结揭接皆秸街阶截劫节杰捷睫竭洁解姐戒芥界借介疥诫届 "
    "金进巾筋斤今津襟紧锦仅谨靳晋禁近烬浸尽劲 竣均菌钧军君峻俊浚郡骏 开揩楷凯慨 库枯哭窟苦酷裤 款宽 拉垃喇蜡腊辣啦 利厘梨犁黎篱狸离漓理李里鲤礼莉荔吏栗丽厉励砾历傈例俐痢立粒沥隶力璃哩 "
    "联莲连镰廉怜涟帘敛脸链恋炼练 料撩聊僚疗燎寥辽撂镣廖 流溜琉榴硫馏留刘瘤柳六 路芦卢颅庐炉掳卤虏鲁麓碌露赂鹿潞禄录陆戮 率驴吕铝侣旅履屡缕虑氯律滤绿 能 跑抛咆刨炮袍泡 "
    "起期欺栖戚妻七凄漆柒沏其棋奇歧畦崎脐齐旗祈祁骑岂乞企启契砌器气迄弃汽泣讫 欠牵扦钎铅千迁签仟谦乾黔钱钳前潜遣浅谴堑嵌歉 商墒伤赏晌上尚裳 "
    "失匙师狮施湿诗尸虱十石拾时食蚀实识史矢使屎驶始式示士世柿事拭誓逝势是嗜噬适仕侍释饰氏市恃室视试似 收手首守寿授售受瘦兽 税谁水睡 诉苏酥俗素速粟僳塑溯宿肃 停厅听烃汀廷亭庭挺艇 投偷头透 "
    "拖托脱鸵陀驮驼椭妥拓唾 尾威巍微危韦违桅围唯惟为潍维苇萎委伟伪纬未蔚味畏胃喂魏位渭谓尉慰卫 息昔熙析西硒矽晰嘻吸锡牺稀希悉膝夕惜熄烯溪汐犀檄袭席习媳喜铣洗系隙戏细 "
    "现掀锨先仙鲜纤咸贤衔舷闲涎弦嫌显险献县腺馅羡宪陷限线 薪芯锌欣辛新忻心信衅 行星腥猩惺兴刑型形邢醒幸杏性姓 押压鸦鸭呀丫芽牙蚜崖衙涯雅哑亚讶轧 业椰噎耶爷野冶也页掖叶曳腋夜液 "
    "应营英樱婴鹰缨莹萤荧蝇迎赢盈影颖硬映 用拥佣臃痈庸雍踊蛹咏泳涌永恿勇 原鸳渊冤元垣袁援辕园员圆猿源缘远苑愿怨院 闸扎喳渣札铡眨栅榨乍炸诈柞 账樟章彰漳张掌涨杖丈帐仗胀瘴障帐 "
    "质执芝枝支吱蜘知肢脂汁之织职直植殖值侄址指止趾只旨纸志挚掷至致置帜峙制智秩稚炙痔滞治窒 周舟州洲诌粥轴肘帚咒皱宙昼骤 转专砖撰赚篆 资兹咨姿滋淄孜紫籽滓子自渍字 "
)
_SOUND = {ord(c): group[0] for group in _CLASSES.split() for c in group}
_WORDS = (
    "停产 停工 投产 复工 拖欠 欠薪 欠税 欠息 查封 过户 订单 开工率 库存 应收账 营业额 产能利 利用率 供应商 高利贷 抵押 质押 "
    "被执行 原材料 现金流 周转 货款 贷款 工资 起诉 担保 跑路 竣工 进度 冻结 失联 尾款 拉闸 积压"
)
_HEARD = tuple((word, word.translate(_SOUND)) for word in _WORDS.split())
# Words of their own that sound the same.
_LOOK_ALIKE = (
    "挤压 技压 计压 付工 负工 军工 均工 签新 欠水 欠谁 过湖 果户 过护 或款 获款 活款 进肚 工字 周赚 失恋 现金六 现金留 员材料 院材料 "
    "头产 冻街 富工 尾矿 带款 待款 停供 动结"
)
_REAL = frozenset(_LOOK_ALIKE.split())


def mended(text: str) -> str:
    """The text, of the same length, with each such word as it was meant; one of its characters must be right."""
    sounds = text.translate(_SOUND)
    for word, sound in _HEARD:
        at = sounds.find(sound)
        while at >= 0:
            text = _mend(text, word, at)
            at = sounds.find(sound, at + 1)
    return text


def _mend(text: str, word: str, at: int) -> str:
    said = text[at : at + len(word)]
    if said == word or said in _REAL or not any(a == b for a, b in zip(said, word, strict=True)):
        return text
    return text[:at] + word + text[at + len(word) :]
