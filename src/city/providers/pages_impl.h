/* pages_impl.h -- what the pages of providers share. */
#ifndef CITY_PROVIDERS_PAGES_IMPL_H
#define CITY_PROVIDERS_PAGES_IMPL_H
#include "city/providers/pages_panel.h"
#include "city/providers/providers.h"

/* {provider}, {agreement}, {assessment}, {sanction}: rq->scoped is its struct q_…_get_row.
 * own: the provider, the officers of its district, the city. seen: these, and the auditor. desk: officers only. */
extern const struct scope provider_desk, agreement_seen, agreement_own_scope, assessment_own, assessment_desk, sanction_seen, sanction_desk;

const char *provider_tone(const char *status); /* kind of tag for any of the states of this office */
/* The record as facts; the tables of what it works with. `desk`: for officers, with names of teachers masked. */
err_t provider_facts(struct req *rq, const struct q_provider_get_row *p) MUST_USE;
err_t provider_tables(struct req *rq, const struct q_provider_get_row *p, bool own) MUST_USE;
err_t provider_timeline(struct req *rq, const struct flow *flow, const char *kind, int64_t id) MUST_USE;
/* Tables of agreements, assessments and sanctions. */
err_t agreements_table(struct req *rq, const struct q_agreement_list_row *rows, size_t n, bool who);
err_t assessments_table(struct req *rq, const struct q_assessment_of_row *rows, size_t n);
err_t sanctions_table(struct req *rq, const struct q_sanction_list_row *rows, size_t n, bool who);
/* The page of one agreement, sanction, assessment: for everybody who may see it. */
err_t agreement_show(struct req *rq) MUST_USE;
err_t assessment_show(struct req *rq) MUST_USE;
err_t sanction_show(struct req *rq) MUST_USE;
const char *sanction_step_label(struct req *rq, const char *step);
const char *sanction_cause_label(struct req *rq, const char *cause, int64_t on);
#endif
