#include "web/web_impl.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>

/* A token bucket an address (IPv6: a /64), in a table of fixed size: a full set forgets the one seen longest ago. */
enum { SETS = 1024, WAYS = 8 };
struct bucket {
    uint64_t key; /* 0 = empty */
    int64_t seen; /* ms */
    double tokens;
};
struct rate {
    pthread_mutex_t lock;
    int per_minute;
    struct bucket b[SETS][WAYS];
};

struct rate *rate_new(struct arena *a, int per_minute)
{
    if (per_minute <= 0)
        return NULL;
    struct rate *r = ARENA_NEW(a, struct rate);
    pthread_mutex_init(&r->lock, NULL);
    r->per_minute = per_minute;
    return r;
}

void rate_free(struct rate *r)
{
    if (r != NULL)
        pthread_mutex_destroy(&r->lock);
}

static uint64_t address_key(const char *ip)
{
    unsigned char raw[16] = {0};
    uint64_t key = 0;
    if (inet_pton(AF_INET, ip, raw) == 1) {
        memcpy(&key, raw, 4);
        return key | (uint64_t)1 << 63;
    }
    if (inet_pton(AF_INET6, ip, raw) == 1)
        memcpy(&key, raw, 8);
    return key == 0 ? 1 : key;
}

int rate_take(struct rate *r, const char *ip, int64_t now)
{
    if (r == NULL)
        return 0;
    uint64_t key = address_key(ip);
    pthread_mutex_lock(&r->lock);
    struct bucket *set = r->b[(key * 0x9E3779B97F4A7C15u) >> 54], *b = &set[0];
    for (int i = 0; i < WAYS; i++) {
        if (set[i].key == key) {
            b = &set[i];
            break;
        }
        if (set[i].seen < b->seen)
            b = &set[i];
    }
    if (b->key != key)
        *b = (struct bucket){.key = key, .seen = now, .tokens = r->per_minute};
    double back = (double)(now > b->seen ? now - b->seen : 0) * r->per_minute / 60000.0;
    b->tokens = b->tokens + back > r->per_minute ? r->per_minute : b->tokens + back;
    b->seen = now;
    bool ok = b->tokens >= 1.0;
    if (ok)
        b->tokens -= 1.0;
    int wait = ok ? 0 : 1 + (int)((1.0 - b->tokens) * 60.0 / r->per_minute);
    pthread_mutex_unlock(&r->lock);
    return wait;
}
