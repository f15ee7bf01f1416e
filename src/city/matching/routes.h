/* routes.h -- the pages of this office. */
#ifndef MATCHING_ROUTES_H
#define MATCHING_ROUTES_H
#include "web/web.h"

extern const struct route matching_routes[];
#endif
