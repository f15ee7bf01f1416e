#include "tap.h"
#include "web/web_impl.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct arena a;
static struct ctx cx;

/* "a=1|b=2" of a list */
static const char *shown(const struct pairs *ps)
{
    struct buf b = {.a = &a};
    for (size_t i = 0; i < ps->n; i++)
        buf_fmt(&b, "%s%s=%s", i == 0 ? "" : "|", ps->p[i].name, ps->p[i].value);
    return buf_text(&b);
}

static const struct { const char *in, *want; err_t e; } urls[] = {
    {"", "", E_OK},
    {"a=1&b=2", "a=1|b=2", E_OK},
    {"a=1&a=2&", "a=1|a=2", E_OK},
    {"&&a", "a=", E_OK},
    {"a+b=c+d%2B", "a b=c d+", E_OK},
    {"a==b", "a==b", E_OK},
    {"t=%E4%BD%A0%0D%0A", "t=你\r\n", E_OK},
    {"a=%", NULL, E_BADREQ}, {"a=%4", NULL, E_BADREQ}, {"a=%zz", NULL, E_BADREQ}, {"a=%00", NULL, E_BADREQ}, {"a=%c0%80", NULL, E_BADREQ},
    {"%0a=1", NULL, E_BADREQ}, {"a=%1b", NULL, E_BADREQ}, {"a=%ed%a0%80", NULL, E_BADREQ}, {"a=%f5%80%80%80", NULL, E_BADREQ},
}, jsons[] = {
    {"{}", "", E_OK},
    {"{\"a\":\"x\",\"b\":12,\"c\":12.5,\"d\":true,\"e\":false,\"f\":null}", "a=x|b=12|c=12.5|d=1|e=0", E_OK},
    {"{\"a\":[\"x\",\"y\",3]}", "a=x|a=y|a=3", E_OK},
    {"{\"a\":\"\\u4f60\\n\"}", "a=你\n", E_OK},
    {"", NULL, E_BADREQ}, {"[]", NULL, E_BADREQ}, {"1", NULL, E_BADREQ}, {"{\"a\":1,\"a\":2}", NULL, E_BADREQ}, {"{\"a\":{}}", NULL, E_BADREQ},
    {"{\"a\":[[1]]}", NULL, E_BADREQ}, {"{\"a\":\"\\u0000\"}", NULL, E_BADREQ}, {"{\"a\":\"\\u001b\"}", NULL, E_BADREQ},
    {"{\"a\":1}x", NULL, E_BADREQ}, {"{\"a\":\"\xff\"}", NULL, E_BADREQ}, {"{\"\\n\":1}", NULL, E_BADREQ},
    {"{\"a\":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}", NULL, E_BADREQ},
};

/* ---- multipart ---- */
#define DISP(d) "--B\r\nContent-Disposition: form-data; " d "\r\n\r\n"
static const struct {
    const char *name, *body, *want, *file, *bytes;
    bool bad, refused, large;
} parts[] = {
    {"two fields", DISP("name=\"a\"") "1\r\n" DISP("name=\"b\"") "x\r\ny\r\n--B--\r\n", "a=1|b=x\r\ny", NULL, NULL, false, false, false},
    {"a file", DISP("name=\"a\"") "1\r\n" DISP("name=\"f\"; filename=\"x.csv\"") "\r\n--\r\n--C\r\n--B--", "a=1", "x.csv", "\r\n--\r\n--C", false, false, false},
    {"preamble and epilogue", "hello\r\n" DISP("name=\"a\"") "1\r\n--B--\r\nbye", "a=1", NULL, NULL, false, false, false},
    {"empty value", DISP("name=\"a\"") "\r\n--B--", "a=", NULL, NULL, false, false, false},
    {"no file chosen", DISP("name=\"f\"; filename=\"\"") "\r\n--B--", "", NULL, NULL, false, false, false},
    {"an empty file", DISP("name=\"f\"; filename=\"e.csv\"") "\r\n--B--", "", "e.csv", "", false, false, false},
    {"quotes in the name", DISP("name=\"a\\\"b\"") "1\r\n--B--", "a\"b=1", NULL, NULL, false, false, false},
    {"path in file name", DISP("name=\"f\"; filename=\"..\\\\..\\\\x/y.txt\"") "z\r\n--B--", "", "y.txt", "z", false, false, false},
    {"semicolon in a quoted value", DISP("filename=\"a;name=b\"; name=\"f\"") "z\r\n--B--", "", "a;name=b", "z", false, false, false},
    {"too large", DISP("name=\"f\"; filename=\"x\"") "123456789012345678901\r\n" DISP("name=\"a\"") "kept\r\n--B--", "a=kept", NULL, NULL, false, false, true},
    {"two files", DISP("name=\"f\"; filename=\"x\"") "1\r\n" DISP("name=\"g\"; filename=\"y\"") "2\r\n--B--", "", "x", "1", false, true, false},
    {"cut", DISP("name=\"a\"") "1\r\n--B", "a=1", NULL, NULL, true, false, false},
    {"no name", "--B\r\nContent-Disposition: form-data\r\n\r\n1\r\n--B--", "", NULL, NULL, true, false, false},
    {"no colon", "--B\r\nrubbish\r\n\r\n1\r\n--B--", "", NULL, NULL, true, false, false},
    {"transfer encoding", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\n1\r\n--B--", "", NULL, NULL, true, false, false},
    {"broken text", DISP("name=\"a\"") "\xff\r\n--B--", "a=\xff", NULL, NULL, true, false, false},
    {"mark not at its end", DISP("name=\"a\"") "1\r\n--Bx\r\n--B--", "a=1", NULL, NULL, true, false, false},
};

static bool file_is(const char *path, const char *want)
{
    char got[100] = "";
    FILE *f = fopen(path, "rb");
    size_t n = f == NULL ? 0 : fread(got, 1, sizeof got - 1, f);
    if (f != NULL)
        fclose(f);
    return f != NULL && n == strlen(want) && memcmp(got, want, n) == 0;
}

static void multipart(const char *spool)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bool good = true;
        for (size_t piece = 1; piece < 40; piece += piece < 4 ? 1 : 17) {
            arena_reset(&a);
            struct multipart *m = multipart_new(&a, "multipart/form-data; boundary=B", spool, 20);
            for (size_t at = 0, n = strlen(parts[i].body); at < n; at += piece)
                multipart_feed(m, parts[i].body + at, n - at < piece ? n - at : piece);
            struct multipart_result r = multipart_end(m);
            good = good && r.bad == parts[i].bad && r.refused == parts[i].refused && (r.too_large != NULL) == parts[i].large;
            good = good && strcmp(shown(&r.pairs), parts[i].want) == 0;
            good = good && (r.file == NULL) == (parts[i].file == NULL);
            if (r.file != NULL && good)
                good = strcmp(r.file->name, parts[i].file) == 0 && r.file->size == strlen(parts[i].bytes) && file_is(r.file->path, parts[i].bytes);
        }
        ok(good, parts[i].name);
    }
    arena_reset(&a);
    ok(rmdir(spool) == 0, "the spool is empty again");
    static const char *const types[] = {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"",
        "multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789x"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        ok(multipart_new(&a, types[i], NULL, 0) == NULL, types[i]);
    ok(multipart_new(&a, "multipart/form-data; charset=utf-8; boundary=\"a b\"", NULL, 0) != NULL, "quoted boundary");
}

static void cookies(void)
{
    const char *c = "a=1; sid=abc;b=; sid=other; sidx=9";
    is_str(cookie_get(&a, c, "sid"), "abc", "the first of two");
    is_str(cookie_get(&a, c, "b"), "", "an empty one");
    is_str(cookie_get(&a, c, "si"), NULL, "no prefix");
    is_str(cookie_get(&a, NULL, "sid"), NULL, "no cookies");
}

int main(void)
{
    arena_init(&a, 0);
    cx = (struct ctx){.arena = &a};
    struct pairs ps;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        err_t e = urlencoded_read(&cx, urls[i].in, strlen(urls[i].in), &ps);
        ok(e == urls[i].e && (e != E_OK || strcmp(shown(&ps), urls[i].want) == 0), urls[i].in);
    }
    for (size_t i = 0; i < sizeof jsons / sizeof *jsons; i++) {
        err_t e = json_body_read(&cx, jsons[i].in, strlen(jsons[i].in), &ps);
        ok(e == jsons[i].e && (e != E_OK || strcmp(shown(&ps), jsons[i].want) == 0), jsons[i].in);
    }
    struct buf many = {.a = &a};
    for (int i = 0; i <= FIELDS_MAX; i++)
        buf_str(&many, "a=1&");
    ok(urlencoded_read(&cx, many.p, many.len, &ps) == E_LIMIT, "too many fields");
    char spool[] = "/tmp/yizhan-body-XXXXXX";
    multipart(mkdtemp(spool));
    cookies();
    arena_free(&a);
    return done();
}
