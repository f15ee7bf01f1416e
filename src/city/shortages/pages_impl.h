/* pages_impl.h -- private to this office's pages. */
#ifndef SHORTAGES_PAGES_IMPL_H
#define SHORTAGES_PAGES_IMPL_H
#include "city/shortages/shortages.h"
#include "web/web.h"

const char *shortage_voice_label(struct ctx *cx, int voice);
const char *shortage_occupation_name(struct ctx *cx, const char *code);
const char *shortage_place(struct ctx *cx, int64_t district); /* the district's name, or the whole city */
/* channel, channel_label, organisation, place, occupation, name, level_label, openings, difficulty, difficulty_label, days, evidence, said_by, when */
void shortage_report_view(struct req *rq, struct view *v, const struct q_shortage_report_rows_row *r);
#endif
