/* routes.h -- the pages of this office. */
#ifndef SEARCHES_ROUTES_H
#define SEARCHES_ROUTES_H
#include "web/web.h"

extern const struct route searches_routes[];
#endif
