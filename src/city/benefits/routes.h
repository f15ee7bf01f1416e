/* routes.h -- the public page "what could I get?". */
#ifndef BENEFITS_ROUTES_H
#define BENEFITS_ROUTES_H
#include "web/web.h"

extern const struct route benefits_routes[];
#endif
