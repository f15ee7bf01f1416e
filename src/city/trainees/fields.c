/* What is asked of somebody who applies: the form, the sheet and the API are made of this one table. */
#include "city/trainees/trainees.h"

#include "city/training.h"

#include <stddef.h>

const struct choice trainee_proofs[] = {
    {"record", N_("登记记录（系统比对）")}, {"insurance", N_("社保记录")}, {"certificate", N_("证件或证明原件")}, {"promise", N_("本人承诺书")}, {0},
};
const struct choice trainee_posts[] = {{"worker", N_("生产、服务等岗位")}, {"manager", N_("管理、技术岗位")}, {0}};
const struct choice trainee_yes_no[] = {{"no", N_("不是")}, {"yes", N_("是")}, {0}};

static const struct choice permits[] = {{"first", N_("初次取证")}, {"renewal", N_("复审取证")}, {0}};

#define AT(member) offsetof(struct trainee_form, member)
const struct field trainee_fields[] = {
    {"name", F_TEXT, F_REQUIRED | F_SECRET, N_("姓名"), .min = 2, .max = 30, .group = N_("本人"), .off = AT(name)},
    {"idno", F_IDNO, F_REQUIRED | F_SECRET, N_("身份证号"), N_("18 位；港澳台居民填居住证号。"), .off = AT(idno)},
    {"phone", F_PHONE, F_REQUIRED | F_SECRET, N_("手机号"), N_("录取和结课确认会发短信。"), .off = AT(phone)},
    {"category", F_CHOICE, F_REQUIRED, N_("人员类别"), N_("决定补贴由谁支付、拨给谁。"), .choices = training_categories, .group = N_("属于哪一类"), .off = AT(category)},
    {"proof", F_CHOICE, F_REQUIRED, N_("用什么证明"), .choices = trainee_proofs, .off = AT(proof)},
    {"promised", F_BOOL, 0, N_("我承诺所填类别真实，愿意承担不实的责任"), N_("只有用承诺书时勾选。"), .off = AT(promised)},
    {"employer", F_TEXT, 0, N_("参保单位名称"), N_("企业职工填写。"), .max = 80, .off = AT(employer)},
    {"uscc", F_USCC, 0, N_("参保单位统一社会信用代码"), N_("企业职工填写。"), .off = AT(uscc)},
    {"graduates", F_DATE, 0, N_("毕业日期"), N_("学生和未登记失业的毕业生填写。"), .off = AT(graduates)},
    {"flags", F_CHOICES, F_WIDE, N_("还属于"), N_("有其中一项的，可以另外申请一次生活费补贴。"), .choices = training_flags, .off = AT(flags)},
    {"pension", F_CHOICE, F_REQUIRED, N_("按月领取养老金"), .choices = trainee_yes_no, .group = N_("核对条件"), .off = AT(pension)},
    {"civil", F_CHOICE, F_REQUIRED, N_("在机关事业单位工作"), .choices = trainee_yes_no, .off = AT(civil)},
    {"pupil", F_CHOICE, 0, N_("初中或高中在校"), N_("不满 20 岁的填写。"), .choices = trainee_yes_no, .off = AT(pupil)},
    {"local", F_CHOICE, 0, N_("有本市户籍或居住证"), .choices = trainee_yes_no, .off = AT(local)},
    {"post", F_CHOICE, 0, N_("岗位类别"), N_("接近退休年龄的女职工填写。"), .choices = trainee_posts, .off = AT(post)},
    {"qualified", F_CHOICE, 0, N_("符合该等级的申报条件"), N_("不是初始等级的班期，由培训机构核对证书和工作年限。"), .choices = trainee_yes_no, .off = AT(qualified)},
    {"hired_on", F_DATE, 0, N_("到单位就业的日期"), N_("定向岗前培训填写。"), .group = N_("只有这种培训要填"), .off = AT(hired_on)},
    {"permit", F_CHOICE, 0, N_("特种作业操作证"), N_("安全技能培训填写。"), .choices = permits, .group = N_("只有这种培训要填"), .off = AT(permit)},
    {0},
};
