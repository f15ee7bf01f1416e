/* clean.h -- what stands in brackets in a title, cleaned as a title of its own; "" = nothing. */
#ifndef MATCH_CLEAN_H
#define MATCH_CLEAN_H
#include "base/ctx.h"

const char *title_asides(struct ctx *cx, const char *title);
#endif
