#include "web/web_impl.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* RFC 7578, read in pieces of any size through one window: text parts into the arena, the file into the spool. */
enum { WINDOW = 16384, PART_HEAD_MAX = 4096, BOUNDARY_MAX = 70 };
enum state { BEFORE, HEAD, DATA, AFTER_MARK, DONE, BAD };

struct multipart {
    struct arena *a;
    enum state state;
    char mark[BOUNDARY_MAX + 5]; /* CR LF -- boundary */
    size_t mark_len;
    char window[WINDOW];
    size_t have;
    struct pair *pairs;
    size_t n, cap, text_bytes;
    /* the part at hand */
    const char *name, *file_name, *type;
    struct buf text;
    bool sink; /* its bytes go nowhere */
    /* the file */
    const char *spool;
    size_t max_file, file_size;
    int fd;
    char *path;
    const char *too_large;
    struct upload *file;
    bool refused, io;
};

struct spooled {
    char *path;
    int *fd;
};

static void spool_drop(void *arg)
{
    struct spooled *s = arg;
    if (*s->fd >= 0)
        (void)close(*s->fd);
    (void)unlink(s->path);
}

/* The value of parameter `name` in a header value such as `form-data; name="a b"`, or NULL. */
static char *header_param(struct arena *a, const char *s, const char *name)
{
    size_t len = strlen(name);
    for (s = strchr(s, ';'); s != NULL; s = strchr(s, ';')) {
        s += 1 + strspn(s + 1, " \t");
        if (strncasecmp(s, name, len) != 0 || s[len] != '=') {
            const char *quote = strchr(s, '"'), *next = strchr(s, ';');
            if (quote != NULL && next != NULL && quote < next) { /* a quoted value may hold ';' */
                s = strchr(quote + 1, '"');
                if (s == NULL)
                    return NULL;
            }
            continue;
        }
        s += len + 1;
        bool quoted = *s == '"';
        s += quoted;
        char *out = arena_alloc(a, strlen(s) + 1);
        size_t n = 0;
        for (; *s != '\0' && *s != (quoted ? '"' : ';'); s++) {
            if (quoted && *s == '\\' && (s[1] == '"' || s[1] == '\\'))
                s++;
            out[n++] = *s;
        }
        return quoted && *s != '"' ? NULL : out;
    }
    return NULL;
}

struct multipart *multipart_new(struct arena *a, const char *content_type, const char *spool, size_t max_file)
{
    char *b = header_param(a, content_type, "boundary");
    size_t n = b == NULL ? 0 : strlen(b);
    if (n == 0 || n > BOUNDARY_MAX || !text_ok(b, n, false))
        return NULL;
    struct multipart *m = ARENA_NEW(a, struct multipart);
    m->a = a;
    m->spool = spool;
    m->max_file = max_file;
    m->fd = -1;
    memcpy(m->mark, "\r\n--", 4);
    memcpy(m->mark + 4, b, n);
    m->mark_len = n + 4;
    memcpy(m->window, "\r\n", 2); /* the first mark has no line before it */
    m->have = 2;
    return m;
}

static void file_begin(struct multipart *m)
{
    m->sink = true;
    if (m->spool == NULL || m->file != NULL) {
        m->refused = true;
        return;
    }
    m->path = arena_fmt(m->a, "%s/upload-XXXXXX", m->spool);
    m->fd = mkostemp(m->path, O_CLOEXEC);
    if (m->fd < 0) {
        m->io = true;
        return;
    }
    struct spooled *s = ARENA_NEW(m->a, struct spooled);
    *s = (struct spooled){m->path, &m->fd};
    arena_defer(m->a, spool_drop, s);
    m->file = ARENA_NEW(m->a, struct upload);
    *m->file = (struct upload){.name = m->file_name, .type = m->type, .path = m->path};
    m->sink = false;
}

static void data(struct multipart *m, const char *p, size_t n)
{
    if (m->state != DATA || n == 0)
        return;
    if (m->file_name == NULL) {
        m->text_bytes += n;
        if (m->text_bytes > FORM_MAX)
            m->refused = m->sink = true;
        if (!m->sink)
            buf_add(&m->text, p, n);
        return;
    }
    if (m->file_size == 0 && m->fd < 0 && !m->sink)
        file_begin(m);
    m->file_size += n;
    if (m->sink)
        return;
    if (m->file_size > m->max_file) {
        m->too_large = m->name;
        m->sink = true;
    } else if (write(m->fd, p, n) != (ssize_t)n) {
        m->io = m->sink = true;
    }
}

static void part_end(struct multipart *m)
{
    if (m->state != DATA)
        return;
    if (m->file_name != NULL) {
        if (m->file_name[0] != '\0' && m->file_size == 0)
            file_begin(m); /* an empty file; an empty file box has no name and makes none */
        if (m->fd >= 0) {
            if (close(m->fd) != 0)
                m->io = true;
            m->fd = -1;
            m->file->size = m->file_size;
        }
        m->file_size = 0;
        return;
    }
    if (m->n == FIELDS_MAX) {
        m->refused = true;
        return;
    }
    if (m->n == m->cap) {
        size_t want = m->cap == 0 ? 16 : m->cap * 2;
        m->pairs = arena_grow(m->a, m->pairs, m->cap * sizeof *m->pairs, want * sizeof *m->pairs);
        m->cap = want;
    }
    const char *text = buf_text(&m->text);
    if (!text_ok(text, m->text.len, true))
        m->state = BAD;
    m->pairs[m->n++] = (struct pair){m->name, text, m->text.len};
}

/* Only the last component counts: old browsers send a whole path. */
static const char *base_name(const char *s)
{
    const char *slash = strrchr(s, '/'), *back = strrchr(s, '\\');
    const char *last = slash > back ? slash : back;
    return last == NULL ? s : last + 1;
}

static bool part_head(struct multipart *m, char *head)
{
    m->name = m->file_name = NULL;
    m->type = "application/octet-stream";
    m->text = (struct buf){.a = m->a};
    m->sink = false;
    for (char *line = head, *next; line != NULL && *line != '\0'; line = next) {
        next = strstr(line, "\r\n");
        if (next != NULL) {
            *next = '\0';
            next += 2;
        }
        char *colon = strchr(line, ':');
        if (colon == NULL || !text_ok(line, strlen(line), false))
            return false;
        *colon++ = '\0';
        if (strcasecmp(line, "Content-Disposition") == 0) {
            m->name = header_param(m->a, colon, "name");
            const char *file = header_param(m->a, colon, "filename");
            m->file_name = file == NULL ? NULL : base_name(file);
        } else if (strcasecmp(line, "Content-Type") == 0) {
            m->type = arena_fmt(m->a, "%s", colon + strspn(colon, " \t"));
        } else if (strcasecmp(line, "Content-Transfer-Encoding") == 0) {
            return false;
        }
    }
    return m->name != NULL && m->name[0] != '\0' && strlen(m->name) <= 200;
}

/* One step on the window. Returns how many bytes are done with, 0 = more input is needed. */
static size_t step(struct multipart *m)
{
    const char *w = m->window, *at;
    switch (m->state) {
    case BEFORE:
    case DATA:
        at = memmem(w, m->have, m->mark, m->mark_len);
        if (at == NULL) {
            size_t safe = m->have < m->mark_len ? 0 : m->have - m->mark_len + 1;
            data(m, w, safe);
            return safe;
        }
        data(m, w, (size_t)(at - w));
        part_end(m);
        m->state = m->state == BAD ? BAD : AFTER_MARK;
        return (size_t)(at - w) + m->mark_len;
    case AFTER_MARK:
        if (m->have < 2)
            return 0;
        m->state = memcmp(w, "\r\n", 2) == 0 ? HEAD : memcmp(w, "--", 2) == 0 ? DONE : BAD;
        return 2;
    case HEAD:
        at = memmem(w, m->have, "\r\n\r\n", 4);
        if (at == NULL) {
            if (m->have > PART_HEAD_MAX)
                m->state = BAD;
            return 0;
        }
        m->state = part_head(m, arena_strndup(m->a, w, (size_t)(at - w))) ? DATA : BAD;
        return (size_t)(at - w) + 4;
    default: return m->have;
    }
}

void multipart_feed(struct multipart *m, const char *p, size_t n)
{
    while (n > 0 && m->state != BAD && m->state != DONE) {
        size_t room = WINDOW - m->have, take = n < room ? n : room;
        memcpy(m->window + m->have, p, take);
        m->have += take;
        p += take;
        n -= take;
        for (size_t used = 1; used > 0 && m->have > 0 && m->state != BAD;) {
            used = step(m);
            m->have -= used;
            memmove(m->window, m->window + used, m->have);
        }
    }
}

struct multipart_result multipart_end(struct multipart *m)
{
    bool whole = m->state == DONE && !m->io && m->too_large == NULL;
    return (struct multipart_result){
        .pairs = {m->pairs, m->n},
        .file = whole ? m->file : NULL,
        .too_large = m->too_large,
        .file_name = m->file == NULL ? NULL : m->file->name,
        .bad = m->state != DONE,
        .refused = m->refused,
        .io = m->io,
    };
}
