#include "bench/ads.h"

#include <math.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define PICK(a) ((a)[ads_below((uint32_t)COUNT(a))])

static uint64_t seed = 88172645463325252u;

uint32_t ads_below(uint32_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)((seed * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % n;
}

/* ---- ads ---- */

const struct ads_job ads_jobs[ADS_JOBS] = {
    {"普工", "流水线作业 组装", 6000000, 5500}, {"操作工", "设备操作 点检", 6000000, 5800}, {"叉车司机", "叉车 装卸 仓储", 6300501, 6500}, {"电工", "电工 维修 配电", 6310103, 6800},
    {"焊工", "焊接 氩弧焊 二保焊", 6180204, 7500}, {"数控车工", "数控 车床 看图纸", 6180101, 7800}, {"加工中心操作工", "数控 编程", 6180107, 7600}, {"钳工", "钳工 装配", 6200101, 7000},
    {"保安员", "巡逻 消防", 4070501, 4200}, {"保洁员", "保洁 清扫", 4090801, 3200}, {"厨师", "烹饪 面点", 4030201, 6800}, {"服务员", "餐饮 接待", 4030205, 4500},
    {"收银员", "收银 excel", 4010204, 4000}, {"营业员", "导购 销售", 4010203, 4600}, {"销售代表", "销售 客户开发", 4010201, 7500}, {"电话客服", "客服 打字", 4040503, 5000},
    {"快递员", "快递 配送", 4020708, 7500}, {"外卖骑手", "配送 电动车", 4100801, 8000}, {"货车司机", "驾驶 送货", 4020202, 8200}, {"仓库管理员", "仓储 excel 叉车", 4020601, 5200},
    {"分拣员", "分拣 快递", 4020709, 5500}, {"养老护理员", "护理 养老 急救", 4100105, 5500}, {"育婴师", "育婴 早教", 4100103, 7500}, {"家政服务员", "家政 保洁", 4100106, 6000},
    {"会计", "会计 财务 excel 税务", 2060300, 6200}, {"出纳", "出纳 财务", 2060300, 5000}, {"行政文员", "办公软件 word", 3010101, 4600}, {"人事专员", "招聘 培训", 4070304, 5600},
    {"Java开发工程师", "java mysql linux", 2021003, 13500}, {"前端开发", "javascript vue 前端", 4040501, 12000}, {"软件测试工程师", "测试 python", 4040502, 9500}, {"运维工程师", "linux 运维 网络", 2021008, 9800},
    {"机械设计工程师", "cad 机械 模具", 2020701, 9200}, {"电气工程师", "plc 电气 cad", 2021100, 9000}, {"质检员", "质检 量具", 6310305, 5200}, {"化验员", "化验 检测", 6310301, 5400},
    {"平面设计师", "ps 平面设计", 4080806, 6500}, {"室内设计师", "cad 室内设计", 4080807, 7500}, {"美容师", "美容 护肤", 4100301, 6800}, {"理发师", "美发 烫染", 4100302, 7200},
    {"幼儿园教师", "教学 舞蹈", 2080300, 4500}, {"英语老师", "英语 教学", 2080200, 7000}, {"护士", "护理 急救", 2050800, 6000}, {"药店店员", "导购 药品", 2050601, 4300},
    {"汽车维修工", "汽修 钣金", 4120101, 6500}, {"空调安装工", "空调 制冷", 4120301, 7000}, {"木工", "木工 装修", 6060301, 7500}, {"瓦工", "瓦工 装修", 6290101, 8000},
    {"缝纫工", "缝纫 裁剪", 6050103, 6000}, {"带货主播", "直播 主播", 4010602, 9000}, {"短视频剪辑", "剪辑 摄影", 2090306, 6800}, {"物业管家", "物业 客服", 4060101, 4800},
    {"采购专员", "采购 excel", 4010100, 6000}, {"项目经理", "项目 管理", 2023004, 13000}, {"安全员", "安全员 消防", 6310600, 7000}, {"绿化工", "园林 绿化", 4091001, 4000},
    {"洗车工", "洗车", 4120101, 4800}, {"包装工", "包装", 6310500, 5300}, {"搬运工", "搬运 装卸", 4020501, 6000}, {"网约车司机", "驾驶", 4020201, 8000},
};
static const char *const before[] = {"", "", "", "急聘", "高薪", "长白班", "兼职", "资深", "学徒", "实习", "厂家直招", "夜班"};
static const char *const after[] = {"", "", "", "（包吃住）", "五险一金", "6-8千", "+双休", "/可日结", "-滨海新区", "（长白班）", "学徒", "助理", "主管", "组长"};
const char *const ads_tags[ADS_TAGS] = {"五险一金", "包吃住", "双休", "班车", "餐补", "年终奖", "加班费", "带薪年假", "节日福利", "高温补贴", "夜班补贴", "免费培训", "定期体检", "全勤奖"};
static const char *const says[] = {
    "负责日常生产任务的执行，服从班组长安排", "按照操作规程完成本岗位工作，保持工作区域卫生", "有相关工作经验者优先，能吃苦耐劳有责任心", "工作时间长白班八小时，加班另计", "公司提供免费食宿和班车",
    "能够适应倒班和加班，身体健康", "具有良好的团队合作精神和沟通能力", "熟练使用办公软件，工作认真细致", "应届毕业生亦可，入职培训师傅带教", "负责设备的日常点检和维护保养",
    "负责货物的装卸、分拣和入库，做好台账", "接待客户，解答咨询，处理投诉", "完成领导交办的其他任务", "试用期一个月，转正后缴纳五险一金", "待遇优厚，每月十五日准时发放工资", "有电工证或焊工证者优先",
    "熟悉当地道路，有良好的驾驶习惯", "负责门店的陈列、补货和收银", "配合质量部门做好首件检验和过程检验", "能看懂机械图纸，会使用常用量具"};
static const char *const firm_a[] = {"鑫", "海", "华", "盛", "泰", "津", "宏", "达", "恒", "信", "瑞", "丰", "博", "安", "康", "隆", "嘉", "禾", "润", "德"};
static const char *const firm_b[] = {"科技", "物流", "餐饮管理", "物业服务", "机械制造", "电子", "汽车零部件", "商贸", "人力资源", "医疗器械", "食品", "建筑工程", "教育咨询", "家政服务"};

struct ads_place ads_places[256];

void ads_begin(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        double r = sqrt(ads_below(1000) / 1000.0), a = ads_below(6283) / 1000.0;
        ads_places[i].district = 120101 + (int32_t)(i % 16);
        ads_places[i].street = ads_places[i].district * (int64_t)1000 + i / 16 + 1;
        ads_places[i].lat = 39100000 + (int32_t)(r * sin(a) * 350000);
        ads_places[i].lng = 117200000 + (int32_t)(r * cos(a) * 450000);
    }
}

static void make_numbers(struct match_ad *ad, int usual)
{
    const struct ads_place *p = &ads_places[ads_below(256) * (uint64_t)ads_below(256) / 256];
    int64_t wage = usual * (70 + (int64_t)ads_below(60)) / 100 / 100 * 10000;
    ad->district = p->district;
    ad->street = p->street;
    ad->lat = p->lat + (int32_t)ads_below(20000) - 10000;
    ad->lng = p->lng + (int32_t)ads_below(26000) - 13000;
    ad->wage_min = ads_below(20) == 0 ? 0 : wage;
    ad->wage_max = ad->wage_min == 0 ? 0 : wage + wage * ads_below(50) / 100;
    ad->education = (uint8_t)(ads_below(3) == 0 ? 0 : ads_below(6));
    ad->experience = (uint16_t)(ads_below(2) == 0 ? 0 : 12 * ads_below(6));
    ad->types = (uint8_t)(ads_below(5) > 0 ? 1 : 1u << ads_below(6));
    ad->shifts = (uint8_t)(1u << ads_below(5));
    ad->openings = 1 + ads_below(20);
    ad->posted = ADS_TODAY - (int32_t)(ads_below(60) * ads_below(60) / 60);
    ad->verified = ads_below(3) == 0 ? ADS_TODAY - (int32_t)ads_below(30) : 0;
    ad->source_rank = (uint8_t)ads_below(256);
    ad->exposure = ads_below(400);
}

/* Texts go to `a`, which the caller resets. */
struct match_ad ads_make(struct arena *a, int64_t id)
{
    uint32_t j = ads_below(ADS_JOBS) * ads_below(ADS_JOBS) / ADS_JOBS, firm = ads_below(60000) * (ads_below(100) + 1) / 100;
    static const int32_t certs[] = {101, 102, 103, 104, 105, 106, 107, 108};
    struct match_ad ad = {.id = id, .occupation = ads_jobs[j].code, .employer_id = firm + 1};
    make_numbers(&ad, ads_jobs[j].wage);
    ad.title = arena_fmt(a, "%s%s%s", PICK(before), ads_jobs[j].title, PICK(after));
    ad.employer = arena_fmt(a, "天津%s%s%s%u%s有限公司", firm_a[firm % 20], firm_a[firm / 20 % 20], firm % 3 ? "" : "新", firm % 97, firm_b[firm / 400 % COUNT(firm_b)]);
    char *t = arena_fmt(a, "%s", ads_jobs[j].skills), *d = arena_fmt(a, "%s", "");
    for (uint32_t n = ads_below(5); n > 0; n--) {
        uint32_t x = ads_below(ADS_TAGS);
        ad.benefits |= UINT64_C(1) << x;
        t = arena_fmt(a, "%s %s", t, ads_tags[x]);
    }
    for (uint32_t n = 3 + ads_below(8); n > 0; n--)
        d = arena_fmt(a, "%s%s。", d, PICK(says));
    ad.tags = t;
    ad.description = d;
    ad.n_certificates = ads_below(6) == 0 ? 1 + ads_below(2) : 0;
    ad.certificates = certs + ads_below(7);
    return ad;
}
