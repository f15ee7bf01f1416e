#include "web/web_impl.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The only file that knows the HTTP library.  A pool of epoll threads runs every request to its end; a connection
 * owns an arena that is emptied when its answer has gone out; a worker thread owns a database connection.
 * The library's own timeout is one of idleness, so a watchdog shuts connections that pass a total deadline. */

enum { ARENA_SOFT = 64 << 20, REOPEN_MS = 1000, STOP_MS = 25000, UPLOAD_RATE = 64 << 10, DOWNLOAD_RATE = 16 << 10 };

struct conn {
    struct server *server;
    struct conn *next, *prev;
    int fd;
    _Atomic int64_t deadline; /* of the monotonic clock; 0 = none: our own code is at work */
    struct arena arena;
    struct call *call;
    bool begun;
    const char *raw_target; /* in the library's buffer */
    size_t raw_target_len;
    char ip[INET6_ADDRSTRLEN];
    struct answer answer;
};

struct worker {
    struct server *server;
    struct arena arena;
    struct db *db;
    const struct keyring *keys;
    struct zip *zip;
    int64_t tried; /* when the database was last asked for a connection */
};

struct server {
    struct web *web;
    struct MHD_Daemon *daemon;
    int listen_fd;
    pthread_key_t worker;
    pthread_mutex_t lock; /* of the list, and of `stopping` with `wake` */
    pthread_cond_t wake;
    pthread_t watchdog;
    struct conn *conns;
    bool stopping;
    atomic_int open, busy;
    atomic_bool draining, sealed; /* answers close their connections; no request begins any more */
    int header_ms, body_ms, idle_ms, max_connections;
    bool exact_buffer; /* see wire_has_nul() */
};

static int64_t clock_ms(clockid_t id)
{
    struct timespec t;
    (void)clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t clock_us(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static void due_in(struct conn *c, int64_t ms) { atomic_store(&c->deadline, ms == 0 ? 0 : clock_ms(CLOCK_MONOTONIC) + ms); }

/* ---- connections ---- */
static struct conn *conn_of(struct MHD_Connection *con)
{
    const union MHD_ConnectionInfo *i = MHD_get_connection_info(con, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return i == NULL ? NULL : i->socket_context;
}

static void conn_open(struct server *s, struct MHD_Connection *con, void **context)
{
    struct conn *c = calloc(1, sizeof *c);
    if (c == NULL)
        return;
    const union MHD_ConnectionInfo *fd = MHD_get_connection_info(con, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *peer = MHD_get_connection_info(con, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    c->server = s;
    c->fd = fd == NULL ? -1 : fd->connect_fd;
    const struct sockaddr *a = peer == NULL ? NULL : peer->client_addr;
    if (a != NULL && a->sa_family == AF_INET)
        (void)inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)a)->sin_addr, c->ip, sizeof c->ip);
    else if (a != NULL && a->sa_family == AF_INET6)
        (void)inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr, c->ip, sizeof c->ip);
    arena_init(&c->arena, ARENA_SOFT);
    due_in(c, s->header_ms);
    pthread_mutex_lock(&s->lock);
    c->next = s->conns;
    if (c->next != NULL)
        c->next->prev = c;
    s->conns = c;
    pthread_mutex_unlock(&s->lock);
    atomic_fetch_add(&s->open, 1);
    *context = c;
}

/* The library calls this before it closes the socket, so the watchdog never meets a number that is somebody else's. */
static void conn_close(struct server *s, struct conn *c)
{
    pthread_mutex_lock(&s->lock);
    *(c->prev == NULL ? &s->conns : &c->prev->next) = c->next;
    if (c->next != NULL)
        c->next->prev = c->prev;
    pthread_mutex_unlock(&s->lock);
    atomic_fetch_sub(&s->open, 1);
    arena_free(&c->arena);
    free(c);
}

static void on_connection(void *arg, struct MHD_Connection *con, void **context, enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        conn_open(arg, con, context);
    else if (*context != NULL)
        conn_close(arg, *context);
}

static void *watch(void *arg)
{
    struct server *s = arg;
    int64_t tick = s->header_ms < 1000 ? s->header_ms / 4 + 1 : 250;
    pthread_mutex_lock(&s->lock);
    while (!s->stopping) {
        int64_t now = clock_ms(CLOCK_MONOTONIC);
        for (struct conn *c = s->conns; c != NULL; c = c->next) {
            int64_t due = atomic_load(&c->deadline);
            if (due != 0 && due < now)
                (void)shutdown(c->fd, SHUT_RDWR);
        }
        int64_t at = clock_ms(CLOCK_REALTIME) + tick;
        struct timespec t = {.tv_sec = at / 1000, .tv_nsec = at % 1000 * 1000000};
        (void)pthread_cond_timedwait(&s->wake, &s->lock, &t);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ---- workers ---- */
static struct ctx worker_ctx(struct worker *k)
{
    return (struct ctx){
        .arena = &k->arena, .db = k->db, .house = k->server->web->cfg.house, .now = clock_ms(CLOCK_REALTIME), .lang = "zh"};
}

static void worker_close_db(struct worker *k)
{
    if (k->db == NULL)
        return;
    struct ctx cx = worker_ctx(k);
    k->server->web->cfg.hooks->close(&cx);
    k->db = NULL;
}

static void worker_end(void *arg)
{
    struct worker *k = arg;
    worker_close_db(k);
    zip_free(k->zip);
    arena_free(&k->arena);
    free(k);
}

static struct worker *worker_here(struct server *s)
{
    struct worker *k = pthread_getspecific(s->worker);
    if (k == NULL) {
        k = calloc(1, sizeof *k);
        if (k == NULL)
            abort();
        k->server = s;
        k->zip = zip_new();
        arena_init(&k->arena, 0);
        (void)pthread_setspecific(s->worker, k);
    }
    int64_t now = clock_ms(CLOCK_MONOTONIC);
    if (k->db == NULL && (k->tried == 0 || now - k->tried >= REOPEN_MS)) {
        arena_reset(&k->arena);
        k->tried = now;
        struct ctx cx = worker_ctx(k);
        if (s->web->cfg.hooks->open(&cx) == E_OK) {
            k->db = cx.db;
            k->keys = cx.keys;
        }
    }
    return k;
}

/* ---- sending ---- */
static struct MHD_Response *response_of(const struct answer *a)
{
    union {
        const void *in;
        void *out;
    } bytes = {.in = a->len == 0 ? "" : a->bytes};
    if (a->path == NULL)
        return MHD_create_response_from_buffer(a->len, bytes.out, MHD_RESPMEM_PERSISTENT);
    struct stat st;
    int fd = open(a->path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && a->remove_path)
        (void)unlink(a->path);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        return MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
    if (fd >= 0)
        (void)close(fd);
    return NULL;
}

static enum MHD_Result send_answer(struct conn *c, struct MHD_Connection *con)
{
    const struct answer *a = &c->answer;
    struct MHD_Response *r = response_of(a);
    if (r == NULL)
        return MHD_NO;
    if (a->type != NULL)
        (void)MHD_add_response_header(r, "Content-Type", a->type);
    for (unsigned i = 0; i < a->n_headers; i++)
        (void)MHD_add_response_header(r, a->headers[i].name, a->headers[i].value);
    if (a->close || atomic_load(&c->server->draining))
        (void)MHD_add_response_header(r, "Connection", "close");
    due_in(c, c->server->body_ms + (int64_t)(a->len / DOWNLOAD_RATE) * 1000 + (a->path != NULL ? 600000 : 0));
    enum MHD_Result ok = MHD_queue_response(con, a->status, r);
    MHD_destroy_response(r);
    return ok;
}

static enum MHD_Result finish(struct conn *c, struct MHD_Connection *con)
{
    due_in(c, 0);
    int64_t from = clock_us();
    struct worker *k = worker_here(c->server);
    c->call->zip = k->zip;
    c->call->keys = k->keys;
    call_finish(c->server->web, c->call, k->db, &c->answer);
    log_call(c->server->web, c->call, &c->answer, clock_us() - from);
    if (c->answer.drop_db) {
        worker_close_db(k);
        k->tried = 0;
    }
    return send_answer(c, con);
}

static enum MHD_Result refuse(struct conn *c, struct MHD_Connection *con, unsigned status, const char *say)
{
    c->answer =
        (struct answer){.status = status, .type = "text/plain; charset=utf-8", .bytes = say, .len = strlen(say), .close = true};
    if (status == 503)
        answer_add(&c->answer, "Retry-After", "2");
    log_call(c->server->web, c->call, &c->answer, 0);
    return send_answer(c, con);
}

/* ---- receiving ---- */
static void *on_target(void *arg, const char *target, struct MHD_Connection *con)
{
    struct conn *c = conn_of(con);
    if (c == NULL)
        return NULL;
    c->raw_target = target;
    c->raw_target_len = strlen(target);
    c->call = ARENA_NEW(&c->arena, struct call);
    c->call->arena = &c->arena;
    c->call->head.target = arena_strndup(&c->arena, target, c->raw_target_len);
    atomic_fetch_add(&((struct server *)arg)->busy, 1);
    due_in(c, c->server->header_ms);
    return c;
}

struct gather {
    struct pair *p;
    size_t n, cap;
};

static enum MHD_Result on_header(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    struct gather *g = arg;
    if (g->n < g->cap)
        g->p[g->n++] = (struct pair){name, value == NULL ? "" : value, value == NULL ? 0 : strlen(value)};
    return MHD_YES;
}

/* libmicrohttpd 0.9.75 cuts a line at a NUL without a word.  Its strings lie in one buffer as they came, with line ends and
 * colons turned into NULs, so any gap that is no line end shows a NUL (or a folded line, which we refuse as well). */
static bool wire_has_nul(const struct conn *c, struct MHD_Connection *con, const char *method, const char *version)
{
    const struct pairs *h = &c->call->head.headers;
    const union MHD_ConnectionInfo *size = MHD_get_connection_info(con, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    const char *at = version + strlen(version);
    if (method + strlen(method) + 1 != c->raw_target || c->raw_target + c->raw_target_len + 1 != version)
        return true;
    for (size_t i = 0; i < h->n; i++) {
        const char *name = h->p[i].name, *colon = name + strlen(name);
        if (name - at < 1 || name - at > 2 || h->p[i].value <= colon || colon + 1 + strspn(colon + 1, " \t") != h->p[i].value)
            return true;
        at = h->p[i].value + h->p[i].len;
    }
    return size == NULL || method + size->header_size - at < 2 || method + size->header_size - at > 4;
}

static const char *client_address(const struct conn *c)
{
    const char *sent = header_get(&c->call->head.headers, "X-Forwarded-For");
    bool local = strcmp(c->ip, "127.0.0.1") == 0 || strcmp(c->ip, "::1") == 0 || strcmp(c->ip, "::ffff:127.0.0.1") == 0;
    if (!c->server->web->cfg.behind_proxy || !local || sent == NULL)
        return c->ip;
    const char *last = strrchr(sent, ',');
    last = last == NULL ? sent : last + 1;
    last += strspn(last, " ");
    unsigned char raw[16];
    return inet_pton(AF_INET, last, raw) == 1 || inet_pton(AF_INET6, last, raw) == 1 ? last : c->ip;
}

static enum MHD_Result begin(struct conn *c, struct MHD_Connection *con, const char *method, const char *version)
{
    struct server *s = c->server;
    struct call *call = c->call;
    if (atomic_load(&s->open) > s->max_connections || atomic_load(&s->sealed))
        return refuse(c, con, 503, "busy, please try again in a moment\n");
    struct gather g = {ARENA_ARRAY(&c->arena, struct pair, HEADERS_MAX + 1), 0, HEADERS_MAX + 1};
    (void)MHD_get_connection_values(con, MHD_HEADER_KIND, on_header, &g);
    call->head.method = method;
    call->head.version = version;
    call->head.headers = (struct pairs){g.p, g.n};
    if (g.n <= HEADERS_MAX && s->exact_buffer && wire_has_nul(c, con, method, version))
        return refuse(c, con, 400, "malformed request\n");
    call->ip = client_address(c);
    call->now = clock_ms(CLOCK_REALTIME);
    call_begin(s->web, call);
    if (call->refused != E_OK && call->body_length != 0)
        return finish(c, con); /* an answer at this point closes the connection: the body is not read */
    if (call->body_length != 0)
        due_in(c, s->body_ms + (call->body_length > 0 ? call->body_length / UPLOAD_RATE * 1000
                                                      : (int64_t)(call->body_limit / UPLOAD_RATE) * 1000));
    return MHD_YES;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *con, const char *url, const char *method, const char *version,
                                  const char *data, size_t *n, void **state)
{
    (void)arg, (void)url;
    struct conn *c = *state;
    if (c == NULL || c->call == NULL)
        return MHD_NO;
    if (!c->begun) {
        c->begun = true;
        return begin(c, con, method, version);
    }
    if (*n == 0)
        return finish(c, con);
    bool go_on = call_body(c->server->web, c->call, data, *n);
    *n = 0;
    return go_on ? MHD_YES : MHD_NO;
}

static void on_completed(void *arg, struct MHD_Connection *con, void **state, enum MHD_RequestTerminationCode code)
{
    (void)con, (void)code;
    struct conn *c = *state;
    if (c == NULL || c->call == NULL)
        return;
    c->call = NULL;
    c->begun = false;
    arena_reset(&c->arena);
    atomic_fetch_sub(&((struct server *)arg)->busy, 1);
    due_in(c, c->server->idle_ms);
    *state = NULL;
}

static size_t as_sent(void *arg, struct MHD_Connection *con, char *s)
{
    (void)arg, (void)con;
    return strlen(s);
}

/* ---- starting and stopping ---- */
static err_t listen_at(struct ctx *cx, struct server *s, int *port)
{
    const struct web_config *g = &s->web->cfg;
    struct sockaddr_storage at = {0};
    struct sockaddr_in *four = (struct sockaddr_in *)(void *)&at;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)&at;
    socklen_t len = sizeof *four;
    int one = 1;
    if (inet_pton(AF_INET, g->address, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons((uint16_t)g->port);
    } else if (inet_pton(AF_INET6, g->address, &six->sin6_addr) == 1) {
        six->sin6_family = AF_INET6;
        six->sin6_port = htons((uint16_t)g->port);
        len = sizeof *six;
    } else {
        return FAIL(cx, E_INVALID, "address", "'%s' is no IP address", g->address);
    }
    s->listen_fd = socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->listen_fd < 0)
        return FAIL(cx, E_IO, NULL, "socket: %s", strerror(errno));
    (void)setsockopt(s->listen_fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(s->listen_fd, (struct sockaddr *)(void *)&at, len) != 0 || listen(s->listen_fd, 1024) != 0) {
        int why = errno;
        (void)close(s->listen_fd);
        (void)FAIL(cx, E_INVALID, "port", "%s port %d: %s", g->address, g->port, strerror(why));
        cx->fail.say = N_("这个地址和端口已经被占用，请换一个端口。");
        return E_INVALID;
    }
    len = sizeof at;
    (void)getsockname(s->listen_fd, (struct sockaddr *)(void *)&at, &len);
    *port = ntohs(at.ss_family == AF_INET ? four->sin_port : six->sin6_port);
    return E_OK;
}

static int or_else(int value, int standard) { return value > 0 ? value : standard; }

err_t server_start(struct ctx *cx, struct web *w, int *port)
{
    struct server *s = w->server = ARENA_NEW(&w->arena, struct server);
    const struct web_config *g = &w->cfg;
    s->web = w;
    s->header_ms = or_else(g->header_ms, 10000);
    s->body_ms = or_else(g->body_ms, 30000);
    s->idle_ms = or_else(g->idle_ms, 15000);
    s->max_connections = or_else(g->max_connections, 2000);
    s->exact_buffer = strncmp(MHD_get_version(), "0.9.75", 6) == 0;
    TRY(listen_at(cx, s, port));
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->wake, NULL);
    pthread_key_create(&s->worker, worker_end);
    unsigned workers = (unsigned)or_else(g->workers, 2), most = (unsigned)s->max_connections * 2 + 64;
    s->daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET,
                         s->listen_fd, MHD_OPTION_THREAD_POOL_SIZE, workers > 1 ? workers : 0u, MHD_OPTION_CONNECTION_LIMIT, most,
                         MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32 * 1024, MHD_OPTION_CONNECTION_TIMEOUT, 0u,
                         MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
                         MHD_OPTION_URI_LOG_CALLBACK, on_target, s, MHD_OPTION_UNESCAPE_CALLBACK, as_sent, NULL, MHD_OPTION_END);
    if (s->daemon == NULL) {
        (void)close(s->listen_fd);
        return FAIL(cx, E_IO, NULL, "the HTTP library did not start");
    }
    if (pthread_create(&s->watchdog, NULL, watch, s) != 0)
        abort();
    return E_OK;
}

static void await_idle(struct server *s, int64_t end)
{
    struct timespec nap = {.tv_nsec = 5000000};
    while (atomic_load(&s->busy) > 0 && clock_ms(CLOCK_MONOTONIC) < end)
        (void)nanosleep(&nap, NULL);
}

/* The library closes connections whose answer is not sent yet, so no act may be done behind the last look: a request
 * counts itself as busy before it looks at `sealed`, and `sealed` is set before the last look at `busy`. */
void server_stop(struct web *w)
{
    struct server *s = w->server;
    int64_t end = clock_ms(CLOCK_MONOTONIC) + STOP_MS;
    atomic_store(&s->draining, true);
    int fd = MHD_quiesce_daemon(s->daemon);
    await_idle(s, end);
    atomic_store(&s->sealed, true);
    await_idle(s, end);
    MHD_stop_daemon(s->daemon);
    if (fd >= 0)
        (void)close(fd);
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    pthread_cond_signal(&s->wake);
    pthread_mutex_unlock(&s->lock);
    (void)pthread_join(s->watchdog, NULL);
    (void)pthread_key_delete(s->worker);
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
}
