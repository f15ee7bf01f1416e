/* routes.h -- suggestions while typing: words of jobs, streets, occupations. Answers {"items": [{"value", "label"}]} to ?q=. */
#ifndef CITY_SUGGEST_ROUTES_H
#define CITY_SUGGEST_ROUTES_H
#include "web/web.h"

extern const struct route suggest_routes[];
#endif
