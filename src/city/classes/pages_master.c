/* pages_master.c -- a master and apprentices: the provider names the master, who is paid. */
#include "city/classes/pages_impl.h"

#include "base/text.h"

static const struct choice no_yes[] = {{"no", N_("不是")}, {"yes", N_("是")}, {0}};

const struct field class_master_fields[] = {
    {"name", F_TEXT, F_REQUIRED | F_SECRET, N_("师傅姓名"), .min = 2, .max = 30, .off = offsetof(struct master_in, name)},
    {"idno", F_IDNO, F_REQUIRED | F_SECRET, N_("师傅身份证号"), N_("资助付给师傅本人，按身份证号核对同期带几名学徒。"), .off = offsetof(struct master_in, idno)},
    {"phone", F_PHONE, F_REQUIRED | F_SECRET, N_("师傅手机号"), .off = offsetof(struct master_in, phone)},
    {"pension", F_CHOICE, F_REQUIRED, N_("按月领取养老金"), .choices = no_yes, .off = offsetof(struct master_in, pension)},
    {"civil", F_CHOICE, F_REQUIRED, N_("在机关事业单位工作"), .choices = no_yes, .off = offsetof(struct master_in, civil)},
    {0},
};

const char *class_master_assumed(struct ctx *cx)
{
    return tr(cx, N_("法规没有写谁可以当师傅、资助从哪个资金列支。现在按默认做法：区里同意开班就是认可师傅，资金由失业保险基金列支；都待主管部门确认。"));
}

err_t class_master_show(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    struct ctx *cx = &rq->cx;
    struct master m;
    TRY(class_master(cx, c->id, &m));
    req_form(rq, class_master_fields, NULL);
    view_str(cx->arena, rq->view, "assumed", class_master_assumed(cx));
    view_str(cx->arena, rq->view, "verb", tr(cx, N_("登记师傅")));
    view_str(cx->arena, rq->view, "lead", m.person_id != 0 ? text_fill(cx->arena, tr(cx, N_("{class}。现在登记的师傅是 {name}，重新填写就换人。")), "class", c->name, "name",
                                                                       text_mask_name(cx->arena, m.name), NULL)
                                                           : text_fill(cx->arena, tr(cx, N_("{class}。登记师傅以后就可以申报。")), "class", c->name, NULL));
    return E_OK;
}

err_t class_master_do(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    TRY(class_master_set(&rq->cx, c->id, rq->in));
    req_note(rq, N_("师傅登记好了，请看下面的核对结果，没有要改的就可以申报。"));
    return redirect(rq, "/provider/classes/%s", c->code);
}
