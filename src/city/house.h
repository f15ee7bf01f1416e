/* house.h -- what the process holds for its whole life; read-only for requests. */
#ifndef CITY_HOUSE_H
#define CITY_HOUSE_H
#include "base/ctx.h"

struct store;
struct keyring;
struct city;       /* districts, streets, targets: city/reference.h */
struct match;      /* the engine: match/match.h */

struct house {
    const char *data_dir;
    struct store *store;
    struct keyring *keys;
    const struct city *city;
    struct match *match;
    const char *base_url;  /* for links in mails and QR codes */
};
#endif
