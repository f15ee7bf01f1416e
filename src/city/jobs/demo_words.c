/* demo_words.c -- made-up ads: ordinary jobs of the city with ordinary wages. No line of it comes from a real ad. */
#include "city/jobs/demo_impl.h"

#define SI "insurance"
#define FULL "insurance_fund"

static const struct demo_ad care[] = {
    {"养老护理员", "full_time", 4500, 5800, "月", NULL, 0, "day,night", SI ",board,night_allowance", "elder_care,health", "早 7:00-晚 7:00，上一休一",
     "照顾老人起居：喂饭、翻身、洗澡、陪同就医，记好护理记录。\n每人照顾 5 位老人，有护士长带。", "有耐心，身体好。\n做过护理工作的优先。"},
    {"失能老人护理员", "full_time", 5500, 7200, "月", NULL, 12, "two", SI ",board,overtime_pay", "elder_care,health", "两班倒，每班 12 小时",
     "照顾不能自理的老人，按护理计划做翻身、擦洗、鼻饲配合。", "会用护理床和移位机的优先。"},
    {"护士", "full_time", 5000, 7000, "月", "college", 12, "three", FULL ",meals,checkup", "nurse", "三班倒",
     "发药、量血压血糖、观察老人身体变化，联系家属和医院。", "有护士执业证。"},
    {"康复治疗师", "full_time", 6000, 8500, "月", "college", 12, "day", FULL ",two_days_off", NULL, "8:30-17:00",
     "给老人做康复训练，写训练记录。", "康复治疗专业。"},
    {"护理院厨师", "full_time", 5000, 6000, "月", NULL, 24, "day", SI ",board", "health,chef", "早 5:30-下午 5:30，上一休一",
     "做老人餐：软烂、少盐少油，每天三餐两点。", "会做面点的优先。"},
    {"社工", "full_time", 4500, 5500, "月", "college", 0, "day", FULL ",two_days_off,legal_holidays", NULL, "9:00-17:30",
     "带老人做活动，和家属沟通，写个案记录。", "社会工作专业或有证的优先。"},
    {"护工（日结）", "gig", 180, 240, "天", NULL, 0, "day,night", "board", "health", "8 小时或 24 小时",
     "医院或家里陪护病人，可按天算钱。", NULL},
};

static const struct demo_ad home[] = {
    {"住家保姆", "full_time", 6000, 8500, "月", NULL, 12, NULL, "board,four_days_off", "health,housekeeping", "住家，月休四天",
     "做饭、打扫、接送孩子，照顾老人。", "会做家常菜，干净利落。"},
    {"月嫂", "full_time", 9800, 15800, "月", NULL, 24, NULL, "board", "infant_care,health", "26 天一单",
     "照顾产妇和新生儿，做月子餐。", "有母婴护理证书，做过 10 家以上的优先。"},
    {"育儿嫂", "full_time", 6500, 9000, "月", NULL, 12, "day", "meals,one_day_off", "infant_care,health", "7:30-18:30",
     "照顾 3 岁以下的孩子，做辅食、哄睡、早教。", NULL},
    {"家庭保洁", "part_time", 35, 50, "小时", NULL, 0, "flexible", "uniform,paid_training", NULL, "一单 3-4 小时，自己选时间",
     "上门打扫卫生，工具公司给，就近派单。", "会用手机接单。"},
    {"钟点工做饭", "part_time", 40, 60, "小时", NULL, 0, "flexible", "near_home", "health", "每天两小时",
     "到客户家里做午饭或晚饭，买菜另算。", "会做家常菜。"},
    {"擦玻璃工", "gig", 260, 380, "天", NULL, 0, "day", "overtime_pay", "height", "8:00-17:00",
     "住宅和门店擦玻璃，两人一组。", "有高处作业证才能上高。"},
};

static const struct demo_ad property[] = {
    {"秩序维护员（保安）", "full_time", 3600, 4600, "月", NULL, 0, "three", SI ",room,uniform", "guard", "三班倒，每班 8 小时",
     "小区门岗和巡逻，登记来访，帮业主搬东西。", "退伍军人优先。"},
    {"夜班保安", "full_time", 3800, 4500, "月", NULL, 0, "night", SI ",room,night_allowance", "guard", "19:00-7:00，上一休一",
     "夜间巡逻和监控值守。", NULL},
    {"保洁员", "full_time", 2800, 3500, "月", NULL, 0, "day", SI ",older_welcome,near_home", NULL, "7:00-11:00，13:00-17:00",
     "楼道、电梯、院子打扫，垃圾分类。", "身体好，能上楼。"},
    {"工程维修工", "full_time", 5000, 6500, "月", NULL, 24, "two", SI ",meal_allowance", "electrician", "两班倒",
     "小区水电维修、设备巡检，夜间有人值班。", "会焊接的优先。"},
    {"消防中控员", "full_time", 4200, 5200, "月", NULL, 0, "three", SI ",meals", "fire", "上一休二，每班 12 小时",
     "值守消防控制室，处理报警。", "有消防设施操作员中级证。"},
    {"绿化工", "full_time", 3200, 3900, "月", NULL, 0, "day", SI ",older_welcome", NULL, "7:30-16:30",
     "修剪、浇水、打药、清落叶。", NULL},
    {"物业客服", "full_time", 4000, 5200, "月", "college", 0, "day", FULL ",one_day_off,performance_bonus", NULL, "8:30-17:30，做六休一",
     "接电话、办装修手续、上门走访、催缴物业费。", "会用办公软件。"},
    {"电梯维保工", "full_time", 5500, 8000, "月", NULL, 12, "day", FULL ",transport_allowance", "lift", "8:30-17:30，轮流值班",
     "电梯日常保养和抢修。", NULL},
};

static const struct demo_ad food[] = {
    {"后厨帮工", "full_time", 3600, 4300, "月", NULL, 0, "day", "board,one_day_off", "health", "9:00-14:00，16:00-21:00",
     "洗菜、切配、打扫厨房。", NULL},
    {"炒锅厨师", "full_time", 6500, 9000, "月", NULL, 36, "two", "board,performance_bonus", "health,chef", "10:00-14:00，16:00-21:00",
     "做津菜和家常菜，管好自己的灶台。", "会做八大碗的优先。"},
    {"面点师", "full_time", 5000, 6800, "月", NULL, 12, "day", "board", "health,pastry", "5:00-13:00",
     "做包子、馒头、锅盔和早点。", NULL},
    {"服务员", "full_time", 3800, 4800, "月", NULL, 0, "two", "board,uniform,no_experience", "health", "10:00-14:00，16:30-21:30",
     "点菜、上菜、收台。", "爱笑，手脚快。"},
    {"周末兼职传菜", "part_time", 20, 24, "小时", NULL, 0, "weekend", "meals", "health", "周六日 11:00-14:00，17:00-21:00",
     "周末客人多的时候传菜、收碗。", "学生可以。"},
    {"洗碗工", "full_time", 3300, 3800, "月", NULL, 0, "day", "board,older_welcome", "health", "9:00-14:00，17:00-21:00",
     "用洗碗机洗碗，打扫卫生。", NULL},
    {"咖啡师", "full_time", 4500, 6000, "月", NULL, 0, "flexible", SI ",meal_allowance,paid_training", "health", "早晚班轮换",
     "做咖啡、点单、收银、打扫吧台。", "会拉花的优先。"},
};

static const struct demo_ad shop[] = {
    {"理货员", "full_time", 3600, 4300, "月", NULL, 0, "two", SI ",meals,uniform", "health", "早 6:30-14:30 或 14:00-22:00",
     "上货、整理货架、查保质期。", NULL},
    {"收银员", "full_time", 3700, 4400, "月", NULL, 0, "two", SI ",one_day_off", "health", "早晚班轮换",
     "收银、装袋、对账。", "会用收银机的优先。"},
    {"女装导购", "full_time", 4000, 7000, "月", NULL, 6, "day", SI ",performance_bonus", NULL, "10:00-21:00，做一休一",
     "接待客人、搭配服装、整理货品。", NULL},
    {"生鲜分拣员", "full_time", 4200, 5500, "月", NULL, 0, "night", SI ",night_allowance,meals", "health", "23:00-7:00",
     "按订单挑菜、称重、打包。", "能上夜班。"},
    {"店长", "full_time", 6000, 9000, "月", "college", 36, "day", FULL ",performance_bonus,year_bonus", NULL, "10:00-19:00",
     "管店里的人、货、账，完成销售目标。", "管过门店。"},
    {"促销员（临时）", "temp", 160, 220, "天", NULL, 0, "weekend", "meal_allowance", "health", "周末和节日 9:00-18:00",
     "超市里请客人试吃，介绍商品。", NULL},
};

static const struct demo_ad road[] = {
    {"快递员", "full_time", 6000, 9500, "月", NULL, 0, "day", SI ",uniform,paid_training", NULL, "7:00-19:00，做六休一",
     "负责两三个小区的收派件，公司配三轮车。", "会骑电动三轮车。"},
    {"外卖骑手", "gig", 5, 9, "件", NULL, 0, "flexible", "extra_medical", "health", "自己选时间",
     "用手机接单送餐，就近派单。", "自己有电动车。"},
    {"货车司机 C1", "full_time", 6500, 8500, "月", NULL, 24, "day", SI ",meal_allowance", "driver_c", "6:00-16:00",
     "4 米 2 货车市内配送，一天 15 个点左右。", "熟悉天津道路。"},
    {"B2 货车司机", "full_time", 8000, 11000, "月", NULL, 36, "two", SI ",room", "driver_b", "两班倒",
     "天津港到市区拉货，有夜班补贴。", NULL},
    {"叉车工", "full_time", 6000, 7500, "月", NULL, 12, "two", SI ",board,overtime_pay", "forklift", "两班倒，12 小时",
     "仓库装卸、码垛。", NULL},
    {"装卸工（日结）", "gig", 220, 300, "天", NULL, 0, "day", "meals", NULL, "8:00-18:00",
     "货车装卸，当天结钱。", "有力气。"},
    {"仓库分拣员", "full_time", 4800, 6200, "月", NULL, 0, "two", SI ",board,shuttle", NULL, "两班倒",
     "扫码、分拣、打包，坐班车上下班。", NULL},
    {"仓库管理员", "full_time", 4800, 5800, "月", "senior", 12, "day", FULL ",meal_allowance,two_days_off", NULL, "8:30-17:30",
     "收发货、盘点、做台账。", "会用表格软件。"},
    {"网约车司机", "full_time", 7000, 10000, "月", NULL, 36, "flexible", "insurance", "driver_c", "每天 10 小时左右",
     "开公司的电动车接单。", "驾龄 3 年以上，无重大事故。"},
};

static const struct demo_ad works[] = {
    {"普工", "full_time", 5000, 6500, "月", NULL, 0, "two", SI ",board,shuttle,overtime_pay", NULL, "两班倒，每班 12 小时，做五休二",
     "流水线组装，有人教，计件另加。", NULL},
    {"装配钳工", "full_time", 6500, 9000, "月", "vocational", 24, "two", FULL ",meals,shuttle", "machinist", "两班倒",
     "看图纸装配机器，调试。", "会看装配图。"},
    {"数控车工", "full_time", 7000, 10000, "月", "vocational", 24, "two", FULL ",meals,year_bonus", "machinist", "两班倒",
     "操作数控车床，会编简单程序。", "会 FANUC 系统的优先。"},
    {"焊工", "full_time", 7500, 11000, "月", NULL, 24, "day", FULL ",board,heat_allowance", "welder", "8:00-17:00，有加班",
     "二保焊、氩弧焊，焊钢结构件。", "有焊工证。"},
    {"维修电工", "full_time", 6500, 8500, "月", "vocational", 36, "three", FULL ",meals", "electrician", "三班倒",
     "车间设备电气维修，看电气图。", "会 PLC 的优先。"},
    {"质检员", "full_time", 5000, 6500, "月", "vocational", 6, "two", FULL ",meals,shuttle", NULL, "两班倒",
     "用卡尺和检具抽检，填检验记录。", "视力好，会看图纸。"},
    {"工业机器人操作员", "full_time", 6500, 8500, "月", "college", 12, "two", FULL ",meals,paid_training,promotion", NULL, "两班倒",
     "操作焊接、搬运机器人，换工装，处理小故障。", "机电专业优先。"},
    {"生产班组长", "full_time", 8000, 10000, "月", "college", 36, "two", FULL ",meals,year_bonus", NULL, "两班倒",
     "带 20 人左右的班组，管产量、质量、安全。", NULL},
    {"临时工（包装）", "temp", 190, 230, "天", NULL, 0, "day", "meals,shuttle", NULL, "8:00-18:00",
     "贴标、装箱、打包。", NULL},
    {"食品车间操作工", "full_time", 4800, 5800, "月", NULL, 0, "two", SI ",board,uniform", "health", "两班倒",
     "和面、成型、包装，车间恒温。", NULL},
};

static const struct demo_ad build[] = {
    {"钢筋工", "gig", 320, 420, "天", NULL, 24, "day", "board", NULL, "6:30-11:30，13:30-18:30",
     "绑扎钢筋，按天算钱，每月发一次。", NULL},
    {"塔吊司机", "full_time", 8500, 11000, "月", NULL, 36, "two", SI ",board", "crane", "两班倒",
     "操作塔式起重机。", "有起重机械作业证。"},
    {"安全员", "full_time", 6000, 8500, "月", "college", 24, "day", FULL ",meals", "safety", "8:00-17:30",
     "工地安全检查、教育、写资料。", NULL},
    {"资料员", "full_time", 5000, 6500, "月", "college", 12, "day", FULL ",meals,one_day_off", NULL, "8:00-17:30",
     "整理工程资料，和监理对接。", "会用资料软件。"},
    {"水暖安装工", "full_time", 7000, 9000, "月", NULL, 24, "day", SI ",board", NULL, "7:00-17:00",
     "给排水和采暖管道安装。", "会看图纸。"},
    {"小工", "gig", 200, 260, "天", NULL, 0, "day", "board", NULL, "6:30-11:30，13:30-18:30",
     "搬料、清理现场。", NULL},
};

static const struct demo_ad office[] = {
    {"行政文员", "full_time", 4200, 5500, "月", "college", 0, "day", FULL ",two_days_off,meal_allowance", NULL, "9:00-18:00",
     "收发文件、订会议室、管办公用品、做表格。", "会用办公软件。"},
    {"会计", "full_time", 5500, 8000, "月", "college", 24, "day", FULL ",two_days_off,year_bonus", "accountant", "9:00-18:00",
     "做账、报税、月结。", "做过一般纳税人账务。"},
    {"人事专员", "full_time", 5000, 7000, "月", "bachelor", 12, "day", FULL ",two_days_off,paid_leave", NULL, "9:00-18:00",
     "招聘、办社保、算考勤。", NULL},
    {"电话客服", "full_time", 4500, 6500, "月", NULL, 0, "two", FULL ",performance_bonus,paid_training", NULL, "早晚班轮换",
     "接听客户电话，记录问题，转给相关部门。", "普通话清楚，打字快。"},
    {"数据标注员", "full_time", 4000, 5500, "月", "vocational", 0, "day", FULL ",two_days_off,no_experience,disabled_welcome", NULL, "9:00-18:00",
     "给图片和语音做标注，按规则检查。", "细心，坐得住。"},
    {"人工智能训练师", "full_time", 6500, 9500, "月", "college", 12, "day", FULL ",two_days_off", "ai_trainer", "9:00-18:00",
     "设计标注规则，评估模型回答。", NULL},
    {"软件测试工程师", "full_time", 8000, 13000, "月", "bachelor", 24, "day", FULL ",two_days_off,paid_leave,extra_medical", NULL, "9:30-18:30",
     "写测试用例，做接口和页面测试。", "会写脚本的优先。"},
    {"Web 前端开发", "full_time", 10000, 16000, "月", "bachelor", 36, "day", FULL ",two_days_off,paid_leave", NULL, "9:30-18:30",
     "开发公司的管理系统页面。", "熟悉 TypeScript。"},
    {"电商运营", "full_time", 6000, 9000, "月", "college", 12, "day", FULL ",performance_bonus", NULL, "9:00-18:00",
     "管网店、做活动、看数据。", NULL},
    {"带货主播", "full_time", 6000, 12000, "月", NULL, 0, "flexible", SI ",performance_bonus,paid_training", NULL, "每天直播 4 小时",
     "介绍天津特产和日用品。", "敢说，形象大方。"},
    {"行政实习生", "intern", 120, 150, "天", "bachelor", 0, "day", "meals", NULL, "每周 4 天以上",
     "帮忙整理资料、组织活动。", "在校学生。"},
};

static const struct demo_ad clinic[] = {
    {"社区卫生站护士", "full_time", 5000, 6800, "月", "college", 12, "day", FULL ",legal_holidays", "nurse", "8:00-16:30",
     "打针、换药、建健康档案、随访。", NULL},
    {"药店营业员", "full_time", 3800, 5000, "月", NULL, 0, "two", SI ",performance_bonus", "health", "早晚班轮换",
     "按方取药、介绍用法、理货。", "学过药学的优先。"},
    {"执业药师", "full_time", 6500, 8500, "月", "college", 24, "two", FULL ",meal_allowance", "pharmacist", "早晚班轮换",
     "审方、指导用药。", NULL},
    {"医院导诊", "full_time", 3600, 4300, "月", "vocational", 0, "day", FULL ",uniform,older_welcome", NULL, "7:30-16:00",
     "指路、帮老人用自助机、维持秩序。", NULL},
    {"中医推拿师", "full_time", 5500, 9000, "月", "vocational", 12, "day", SI ",board,performance_bonus", NULL, "10:00-20:00",
     "推拿、拔罐、艾灸。", "视障人士可以应聘。"},
};

static const struct demo_ad school[] = {
    {"幼儿园保育员", "full_time", 3600, 4500, "月", "senior", 0, "day", FULL ",meals", "health", "7:30-17:00",
     "照顾孩子吃饭、午睡、洗手，打扫教室。", "有保育员证的优先。"},
    {"小学课后托管老师", "part_time", 60, 90, "小时", "bachelor", 0, "day", "transport_allowance", "teacher", "周一至周五 15:30-18:00",
     "看孩子写作业，讲错题。", NULL},
    {"校车司机", "part_time", 3000, 3800, "月", NULL, 36, "day", SI, "driver_a", "早晚各两小时",
     "接送学生，车内有照管员。", "驾驶客车 3 年以上。"},
    {"食堂炊事员", "full_time", 4000, 5000, "月", NULL, 0, "day", SI ",meals,older_welcome", "health", "5:30-14:00",
     "做学生餐，打饭，打扫食堂。", NULL},
    {"宿舍管理员", "full_time", 3000, 3600, "月", NULL, 0, "alternate", SI ",room,older_welcome", NULL, "上一休一",
     "学生宿舍值班、登记、查寝。", NULL},
};

static const struct demo_ad beauty[] = {
    {"美发师", "full_time", 6000, 12000, "月", NULL, 24, "day", "board,performance_bonus", "barber", "10:00-21:00",
     "剪、烫、染。", NULL},
    {"美容助理", "full_time", 4000, 6000, "月", NULL, 0, "day", "board,paid_training,no_experience", "health", "10:00-20:00",
     "做皮肤护理，有师傅教。", NULL},
    {"健身教练", "full_time", 6000, 10000, "月", "college", 6, "flexible", SI ",performance_bonus", NULL, "排班",
     "带课、做训练计划。", NULL},
    {"酒店客房服务员", "full_time", 3600, 4800, "月", NULL, 0, "day", SI ",board,uniform", NULL, "8:00-17:00",
     "打扫客房，换床品，计件加钱。", NULL},
    {"酒店前台", "full_time", 4000, 5200, "月", "vocational", 0, "three", FULL ",board", NULL, "三班倒",
     "办入住退房，接电话。", "会简单英语的优先。"},
};

#define TRADE(name, industry, ads) {name, industry, ads, sizeof ads / sizeof *ads}
const struct demo_trade demo_trades[] = {
    TRADE("康养护理院", "Q8512", care),     TRADE("家政服务", "O8010", home),         TRADE("物业管理", "K7020", property),
    TRADE("餐饮管理", "H6210", food),       TRADE("连锁超市", "F5212", shop),         TRADE("物流配送", "G5431", road),
    TRADE("机械制造", "C3484", works),      TRADE("建筑安装", "E4710", build),        TRADE("信息科技", "I6513", office),
    TRADE("社区门诊部", "Q8425", clinic),   TRADE("教育服务", "P8310", school),       TRADE("酒店与生活服务", "H6110", beauty),
    TRADE("汽车零部件", "C3670", works),    TRADE("仓储供应链", "G5920", road),       TRADE("食品加工", "C1439", works),
    TRADE("商务咨询", "L7249", office),
};
const size_t demo_trades_n = sizeof demo_trades / sizeof *demo_trades;
