/* pages_acts.c -- the buttons of the workbench. */
#include "city/counter/pages_impl.h"

#include "city/counter/pages_bar.h"
#include "city/people/people.h"
#include "city/referrals/referrals.h"

#include <stdlib.h>
#include <string.h>

const struct field visit_find_fields[] = {
    {"who", F_TEXT, F_REQUIRED | F_SECRET, N_("身份证号、手机号、手机后四位或姓名"), .max = 40, .off = offsetof(struct find_form, who)},
    {0},
};
const struct field visit_take_fields[] = {
    {"person", F_TEXT, F_REQUIRED, N_("求职者编号"), .max = 20, .off = offsetof(struct take_form, person)},
    {"channel", F_CHOICE, F_REQUIRED, N_("怎么同意的"), .choices = consent_channels, .off = offsetof(struct take_form, channel)},
    {0},
};
const struct field visit_identify_fields[] = {
    {"name", F_TEXT, F_REQUIRED | F_SECRET, N_("姓名"), .min = 2, .max = 30, .off = offsetof(struct identify_form, person.name)},
    {"idno", F_IDNO, F_SECRET, N_("身份证号"), N_("18 位；没带证件可以先不填。"), .off = offsetof(struct identify_form, person.idno)},
    {"phone", F_PHONE, F_SECRET, N_("手机号"), N_("用来打回访电话。"), .off = offsetof(struct identify_form, person.phone)},
    {"street", F_STREET, 0, N_("住在哪个街道或镇"), .off = offsetof(struct identify_form, person.street)},
    {"category", F_CHOICES, F_WIDE, N_("属于哪类人员"), .choices = person_categories, .off = offsetof(struct identify_form, person.category)},
    {"channel", F_CHOICE, F_REQUIRED | F_WIDE, N_("念了授权说明，本人怎么同意的"), .choices = consent_channels, .off = offsetof(struct identify_form, channel)},
    {0},
};
const struct field visit_dislike_fields[] = {
    {"reason", F_CHOICE, F_REQUIRED, N_("为什么不合适"), .choices = refuse_reasons, .off = offsetof(struct dislike_form, reason)},
    {0},
};
static const struct choice items[] = { /* what a clerk does besides; the rest is recorded by itself */
    {"S04", N_("职业指导")},     {"S05", N_("政策咨询")},           {"S06", N_("失业登记和就业登记指引")}, {"S07", N_("就业援助")},
    {"S08", N_("培训报名和培训需求登记")}, {"S11", N_("创业服务咨询")}, {"S12", N_("高校毕业生帮扶")},         {"S14", N_("档案和社保查询指引")},
    {"S17", N_("劳动维权指引")}, {"S18", N_("就业见习对接")},       {"S19", N_("便民服务")},               {0},
};
const struct field visit_service_fields[] = {
    {"item", F_CHOICE, F_REQUIRED, N_("还办了什么"), .choices = items, .off = offsetof(struct service_in, item)},
    {"channel", F_CHOICE, F_REQUIRED, N_("在哪里办的"), .choices = service_channels, .off = offsetof(struct service_in, channel)},
    {"note", F_TEXT, F_SECRET | F_WIDE, N_("记一笔"), .max = 200, .off = offsetof(struct service_in, note)},
    {0},
};
const struct field visit_finish_fields[] = {
    {"outcome", F_CHOICE, F_REQUIRED, N_("结果"), .choices = visit_outcomes, .off = offsetof(struct finish_form, outcome)},
    {"note", F_TEXT, F_SECRET, N_("记一笔"), .max = 200, .off = offsetof(struct finish_form, note)},
    {0},
};

static const struct q_visit_row *visit(const struct req *rq) { return rq->scoped; }

static err_t back(struct req *rq) { return redirect(rq, "/desk/visits/%lld", (long long)visit(rq)->id); }

err_t find_for_visit(struct req *rq) { return show_visit(rq); }

err_t take_for_visit(struct req *rq)
{
    const struct take_form *in = rq->in;
    struct person p;
    TRY(person_get(&rq->cx, in->person, &p));
    TRY(visit_take_person(&rq->cx, visit(rq)->id, p.id, in->channel));
    return back(rq);
}

err_t register_for_visit(struct req *rq)
{
    const struct identify_form *in = rq->in;
    int64_t person;
    TRY(visit_identify(&rq->cx, visit(rq)->id, &in->person, in->channel, &person));
    return back(rq);
}

err_t anonymous_visit(struct req *rq)
{
    TRY(visit_anonymous(&rq->cx, visit(rq)->id));
    return back(rq);
}

err_t wishes_of_visit(struct req *rq)
{
    TRY(visit_wishes(&rq->cx, visit(rq)->id, rq->in));
    return back(rq);
}

static err_t job_of(struct req *rq, int64_t *job_id) { return job_id_of(&rq->cx, req_param(rq, "job"), job_id); }

err_t add_to_visit(struct req *rq)
{
    int64_t job;
    TRY(job_of(rq, &job));
    TRY(redirect(rq, "/desk/visits/%lld#j%lld", (long long)visit(rq)->id, (long long)job)); /* also when the form comes twice */
    return counter_add(&rq->cx, visit(rq)->id, job);
}

err_t remove_from_visit(struct req *rq)
{
    int64_t job;
    TRY(job_of(rq, &job));
    TRY(slip_remove(&rq->cx, visit(rq)->id, job));
    return back(rq);
}

err_t dislike_in_visit(struct req *rq)
{
    const struct dislike_form *in = rq->in;
    int64_t job;
    TRY(job_of(rq, &job));
    if (visit(rq)->person_id == NULL)
        return back(rq);
    TRY(dislike_add(&rq->cx, *visit(rq)->person_id, job, in->reason));
    return back(rq);
}

err_t serve_in_visit(struct req *rq)
{
    TRY(service_add(&rq->cx, visit(rq)->id, rq->in));
    req_note(rq, N_("服务记下了。"));
    return back(rq);
}

err_t finish_the_visit(struct req *rq)
{
    const struct finish_form *in = rq->in;
    TRY(visit_finish(&rq->cx, visit(rq)->id, in->outcome, in->note));
    req_note(rq, N_("接待完成。"));
    return redirect(rq, "/desk/queue");
}
