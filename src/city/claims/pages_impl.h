/* pages_impl.h -- what the pages of this office share. */
#ifndef CLAIMS_PAGES_IMPL_H
#define CLAIMS_PAGES_IMPL_H
#include "city/claims/claims.h"
#include "web/web.h"

const char *claims_base(const struct req *rq);                       /* "/district/claims", by role */
const char *claims_district(struct req *rq, int64_t code);           /* the district's name */
void claims_tag(struct req *rq, struct view *v, const char *label, const char *kind); /* kind and text for parts/tag.html */
const char *claim_tone(const char *status);                          /* kind of the tag of a claim or a line */
#endif
