/* routes.h -- the pages of this office. */
#ifndef NEARMISS_ROUTES_H
#define NEARMISS_ROUTES_H
#include "web/web.h"

extern const struct route nearmiss_routes[];
#endif
