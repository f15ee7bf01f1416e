/* t_lint.c -- sentences of ads, allowed and not, with the rule that must object. All sentences are made up. */
#include "rules/lint.h"
#include "tap.h"

static const struct {
    const char *text, *rule; /* NULL: nothing may be found */
} bad[] = {
    {"限女性", "ad.ban.sex"},
    {"本岗位限 男 性", "ad.ban.sex"},
    {"只招女工，包吃住", "ad.ban.sex"},
    {"女士优先", "ad.ban.sex"},
    {"男性优先考虑", "ad.ban.sex"},
    {"性别要求：男", "ad.ban.sex"},
    {"性别：女，年龄20-35", "ad.ban.sex"},
    {"女，18-35岁，手脚麻利", "ad.ban.sex"},
    {"诚聘女服务员三名", "ad.ban.sex"},
    {"招男普工", "ad.ban.sex"},
    {"形象好的女生", "ad.ban.sex"},
    {"女生勿扰", "ad.ban.sex"},
    {"不招女的", "ad.ban.sex"},
    {"要求男性，能吃苦", "ad.ban.sex"},
    {"急招5名男工", "ad.ban.sex"},
    {"限未婚", "ad.ban.marriage"},
    {"已婚已育优先", "ad.ban.marriage"},
    {"入职三年内不得生育", "ad.ban.marriage"},
    {"入职体检含孕检", "ad.ban.marriage"},
    {"备孕勿扰", "ad.ban.marriage"},
    {"未婚女性优先", "ad.ban.marriage"},
    {"2年内无生育计划，2年内不要孩子", "ad.ban.marriage"},
    {"仅限汉族", "ad.ban.ethnic"},
    {"少数民族勿扰", "ad.ban.ethnic"},
    {"不要新疆人", "ad.ban.ethnic"},
    {"无宗教信仰", "ad.ban.ethnic"},
    {"信教者勿扰", "ad.ban.ethnic"},
    {"限天津户口", "ad.ban.origin"},
    {"须本市户籍", "ad.ban.origin"},
    {"只招本地人", "ad.ban.origin"},
    {"外地人勿扰", "ad.ban.origin"},
    {"河南人勿投", "ad.ban.origin"},
    {"要求非农户口", "ad.ban.origin"},
    {"不招外地人", "ad.ban.origin"},
    {"本地户口优先", "ad.ban.origin"},
    {"户籍要求：天津", "ad.ban.origin"},
    {"体检查乙肝五项", "ad.ban.health"},
    {"乙肝携带者勿扰", "ad.ban.health"},
    {"ＨＢＶ阴性", "ad.ban.health"},
    {"非大三阳", "ad.ban.health"},
    {"无传染病史", "ad.ban.health"},
    {"残疾人勿扰", "ad.ban.disability"},
    {"无残疾", "ad.ban.disability"},
    {"有纹身不要", "ad.ban.disability"},
    {"不接受残疾人", "ad.ban.disability"},
    {"入职需交押金500元", "ad.ban.fees"},
    {"押金200元，离职退还", "ad.ban.fees"},
    {"收取服装费", "ad.ban.fees"},
    {"报名费100元", "ad.ban.fees"},
    {"培训费自理", "ad.ban.fees"},
    {"体检费80元，入职先交体检费", "ad.ban.fees"},
    {"须上交身份证原件", "ad.ban.fees"},
    {"扣押毕业证三个月", "ad.ban.fees"},
    {"需要两名担保人，提供担保人", "ad.ban.fees"},
    {"押一个月工资", "ad.ban.fees"},
    {"工 装 费 300 元", "ad.ban.fees"},
    {"先付中介费", "ad.ban.fees"},
    {"日入过千", "ad.ban.hype"},
    {"月入过万不是梦", "ad.ban.hype"},
    {"轻松月入2万", "ad.ban.hype"},
    {"在家赚钱", "ad.ban.hype"},
    {"躺赚", "ad.ban.hype"},
    {"保录取，拿不到岗位不收", "ad.ban.hype"},
    {"包过，包入职", "ad.ban.hype"},
    {"有内部名额", "ad.ban.hype"},
    {"百分百录用", "ad.ban.hype"},
    {"高薪诚聘", "ad.ban.hype"},
    {"月薪过万", "ad.ban.hype"},
    {"培训贷", "ad.ban.training"},
    {"学费分期，先学后付", "ad.ban.training"},
    {"零基础包学会", "ad.ban.training"},
    {"付费培训后上岗", "ad.ban.training"},
    {"培训包就业", "ad.ban.training"},
    {"学完后推荐就业", "ad.ban.training"},
    {"长期招生", "ad.ban.training"},
    {"手机刷单，一单一结", "ad.ban.unlawful_work"},
    {"出租银行卡", "ad.ban.unlawful_work"},
    {"拉人头有奖", "ad.ban.unlawful_work"},
    {"柬埔寨客服，包机票", "ad.ban.unlawful_work"},
    {"跑分兼职", "ad.ban.unlawful_work"},
    {"试用期无工资", "ad.ban.terms"},
    {"试岗三天无薪", "ad.ban.terms"},
    {"不签合同，来去自由", "ad.ban.terms"},
    {"不交社保，工资高", "ad.ban.terms"},
    {"自愿放弃社保", "ad.ban.terms"},
    {"未满16周岁也可以", "ad.ban.terms"},
    {"工资面议", "ad.elements"},
    {"薪资待遇：面议", "ad.elements"},
    {"加微信了解详情", "ad.ban.contact"},
    {"微信：123456", "ad.ban.contact"},
    {"扫码进群咨询", "ad.ban.contact"},
    {"18-45岁", "ad.note.age"},
    {"年龄35岁以下", "ad.note.age"},
    {"18周岁至40周岁", "ad.note.age"},
    {"年龄不超过50", "ad.note.age"},
    {"90后优先", "ad.note.age"},
    {"统招本科", "ad.note.school"},
    {"985院校毕业", "ad.note.school"},
    {"第一学历本科以上", "ad.note.school"},
    {"限\xE3\x80\x80\xE5\xA5\xB3", "ad.ban.sex"},
};

static const char *const good[] = {
    "女装导购", "男装版师，会电脑制版", "招女装店员2名", "招聘女鞋销售", "女性用品仓库理货", "男科门诊护士", "女士内衣导购", "男女不限",
    "不限男女，18周岁以上", "性别不限", "性别：不限", "性别：男女均可", "男/女均可", "男或女，会开叉车", "招男女普工20名", "子女可入园",
    "妇女儿童活动中心讲解员", "女生宿舍管理", "少女装设计", "孕产护理员", "负责女浴室卫生", "婚庆策划师", "母婴店营业员", "婚育不限",
    "不问婚育", "孕婴用品销售", "未婚已婚均可", "民族舞教师", "民族乐器演奏", "少数民族优先", "宗教用品店员", "尊重宗教信仰", "清真食堂厨师",
    "不得歧视少数民族", "协助员工办理户口迁移", "负责天津市场开拓", "熟悉天津道路", "有天津驾照", "需有天津人脉资源", "本地配送司机",
    "外地员工提供住宿", "河南分公司经理", "河北区就近上班", "户籍不限", "不限户籍", "要求在天津工作两年", "持健康证", "乙肝疫苗接种护士",
    "不查乙肝", "肝炎防治宣传员", "残疾人优先", "残疾人服务中心护理员", "无障碍通道维护", "不得歧视残疾人", "不收押金", "无需交任何押金",
    "免服装费", "不收取任何费用", "办理客人押金退还", "负责收取客户押金", "投标保证金管理", "培训费由公司承担", "体检费报销",
    "公司承担体检费", "免培训费", "面试请带身份证复印件", "携带身份证原件面试", "负责收缴会费", "提供免费工装", "押一付三门店房产销售",
    "包吃包住", "包过年车票", "月薪5000-8000元", "日薪200元", "每日入库500件", "社保入职即缴", "确保录用手续合规", "月入库单整理",
    "收入稳定", "面包烘焙师", "承包就业服务项目", "提供岗前培训", "带薪培训一周", "免费培训，合格上岗", "岗前培训合格后安排上岗",
    "招生老师", "负责学校招生", "培训学校招生主管", "反诈宣传员，警惕刷单", "银行卡业务柜员", "境外游计调", "试用期工资4000元",
    "试用期一个月，工资照发", "试用期100%薪资", "签劳动合同，交社保", "入职缴纳五险一金", "不招未满16周岁人员", "未满16周岁请勿投递", "不上夜班，有社保",
    "工资4000到6000元", "面对面议价采购员", "企业微信客服", "微信公众号运营", "负责客户微信群维护", "增加用户群", "18周岁以上",
    "照护0-3岁婴幼儿", "教3-6岁儿童画画", "服务60岁以上老人", "年龄不限", "5-8人团队", "工作8-10小时", "本科及以上学历", "大专以上",
    "非全日制用工", "211国道巡查员", "工龄3年以上", "朝九晚五", "", "  \n ", "电工 焊工 保洁", "能搬25公斤货物", "五险一金，周末双休",
};

static const struct lint_hit *lint_one(struct ctx *cx, const struct rules *rules, const char *text, size_t *n)
{
    const struct lint_hit *hits;
    *n = lint_ad(cx, rules, 20260601, &(struct lint_text){"description", text}, 1, &hits);
    return hits;
}

static void places(struct ctx *cx, const struct rules *rules)
{
    static const struct lint_text ad[] = {
        {"title", "电工"}, {"description", "工作稳定。\n　限　男，入职交押金５００元。"}, {"requirements", NULL}, {"extra", "加微信"}};
    const struct lint_hit *hits;
    size_t n = lint_ad(cx, rules, 20260601, ad, 4, &hits);
    is_int((long long)n, 3, "three hits in one ad");
    is_str(hits[0].words, "限　男", "the words as they were written");
    is_int((long long)hits[0].from, (long long)strlen("工作稳定。\n　"), "the place in bytes of the text as given");
    is_int(hits[0].severity, LINT_BLOCK, "a ban blocks");
    is_str(hits[0].field, "description", "the field");
    is_str(hits[1].rule->id, "ad.ban.fees", "in the order of the text");
    ok(strstr(hits[0].rule->cite, "妇女权益保障法") != NULL && strlen(hits[0].say) > 20, "the clause and a sentence for the person");
    is_str(hits[2].field, "extra", "hits of later texts follow");
    is_int(hits[2].severity, LINT_WARN, "a norm warns");
    is_int((long long)lint_ad(cx, rules, 20250101, &(struct lint_text){"title", "只招本地人"}, 1, &hits), 0,
           "a rule does not hold before its first day");
    static char many[20000];
    for (size_t i = 0; i + 7 < sizeof many; i += 7)
        memcpy(many + i, "限女,", sizeof "限女,");
    for (size_t i = 0; i + 1 < sizeof many; i++)
        many[i] = many[i] == '\0' ? ' ' : many[i];
    lint_one(cx, rules, many, &n);
    is_int((long long)n, LINT_MAX_HITS, "no more hits than a person reads");
    lint_one(cx, rules, "\xE9\x99", &n);
    is_int((long long)n, 0, "a broken last character");
}

int main(void)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a};
    struct rules rules;
    if (!ok(rules_embedded(&cx, "data/cities/tianjin/rules/", &rules) == E_OK, "the shipped rules can be read"))
        printf("# %s\n", cx.fail.detail);
    if (!ok(lint_check(&cx, &rules) == E_OK, "and their patterns"))
        printf("# %s\n", cx.fail.detail);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t n, found = 0;
        const struct lint_hit *hits = lint_one(&cx, &rules, bad[i].text, &n);
        for (size_t k = 0; k < n; k++)
            found += strcmp(hits[k].rule->id, bad[i].rule) == 0;
        ok(found > 0, bad[i].text);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        size_t n;
        const struct lint_hit *hits = lint_one(&cx, &rules, good[i], &n);
        if (!ok(n == 0, good[i]))
            printf("#   %s: %s\n", hits[0].rule->id, hits[0].words);
    }
    places(&cx, &rules);
    arena_free(&a);
    return done();
}
