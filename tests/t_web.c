/* The real server on a free port with a make-believe city, driven through raw sockets. */
#include "tap.h"
#include "toy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int port;
static char answer[200000];

static int dial(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)(void *)&at, sizeof at) != 0)
        return -1;
    return fd;
}

/* Reads until the server closes; false when that takes more than `ms`. */
static bool drain(int fd, char *to, size_t cap, int ms)
{
    size_t n = 0;
    for (;;) {
        struct pollfd p = {fd, POLLIN, 0};
        if (poll(&p, 1, ms) <= 0)
            return to[n] = '\0', false;
        ssize_t got = recv(fd, to + n, cap - 1 - n, 0);
        if (got <= 0)
            return to[n] = '\0', true;
        n += (size_t)got;
    }
}

static int status_of(const char *a) { return strncmp(a, "HTTP/1.1 ", 9) == 0 ? atoi(a + 9) : 0; }

/* Sends the bytes and reads the whole answer; "Connection: close" must be among them. Returns the status. */
static int raw(const char *bytes, size_t n)
{
    int fd = dial();
    (void)!send(fd, bytes, n, MSG_NOSIGNAL);
    bool closed = drain(fd, answer, sizeof answer, 5000);
    close(fd);
    return closed ? status_of(answer) : -1;
}

static int ask(const char *method, const char *path, const char *headers, const char *body)
{
    static char text[100000];
    int n = snprintf(text, sizeof text, "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s", method, path, headers);
    if (body != NULL)
        n += snprintf(text + n, sizeof text - (size_t)n, "Content-Length: %zu\r\n\r\n%s", strlen(body), body);
    else
        n += snprintf(text + n, sizeof text - (size_t)n, "\r\n");
    return raw(text, (size_t)n);
}
static bool has(const char *s) { return strstr(answer, s) != NULL; }

#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define SAME "Sec-Fetch-Site: same-origin\r\nOrigin: http://localhost\r\n"
#define STAFF "Cookie: sid=staff-token\r\n"

static void pages(void)
{
    is_int(ask("GET", "/", "", NULL), 200, "home");
    ok(has("&lt;b&gt;你好&lt;/b&gt;"), "values are escaped");
    ok(has("共 3 件"), "text is filled");
    ok(has("href=\"/assets/app-0a1b2c3d.css\""), "asset with its hash");
    ok(has("Content-Security-Policy: default-src 'none'"), "CSP");
    ok(has("ETag: W/\""), "ETag");
    char tag[100] = "If-None-Match: ";
    const char *at = strstr(answer, "W/\"");
    snprintf(tag + 15, sizeof tag - 15, "%.20s\r\n", at == NULL ? "" : at);
    is_int(ask("GET", "/", tag, NULL), 304, "the same page is 304");
    is_int(ask("GET", "/things.json?wage=12.50", "", NULL), 200, "JSON by suffix");
    ok(has("application/json") && has("\"wage\":1250"), "the view as JSON");
    is_int(ask("GET", "/things", "Accept: application/json\r\n", NULL), 200, "JSON by Accept");
    is_int(ask("GET", "/things?wage=abc", "", NULL), 200, "a slip in a filter still shows the page");
    is_int(ask("GET", "/things.json?wage=abc", "", NULL), 422, "but is a problem for a program");
    ok(has("application/problem+json") && has("\"field\":\"wage\""), "problem names the field");
    is_int(ask("GET", "/things?wage=3&page=2", "", NULL), 200, "list");
    ok(has("/things?wage=5\"") && has("2/5 /things?wage=3&amp;page=3"), "links keep the filter");
    is_int(ask("GET", "/things/42", "", NULL), 200, "literal before parameter");
    is_int(ask("GET", "/things/x1", "", NULL), 404, "no number, no thing");
    is_int(ask("GET", "/nowhere", "", NULL), 404, "unknown path");
    is_int(ask("DELETE", "/things", "", NULL), 405, "unknown method");
    ok(has("Allow: GET, HEAD, POST"), "Allow");
    is_int(ask("GET", "/papers", "", NULL), 405, "GET of a POST-only path");
    ok(has("Allow: POST"), "Allow of it");
    is_int(ask("HEAD", "/", "", NULL), 200, "HEAD");
    ok(!has("<h1>") && has("Content-Length: "), "HEAD has no body");
    is_int(ask("GET", "/healthz", "", NULL), 200, "healthz");
    is_int(ask("GET", "/download", "", NULL), 200, "download");
    ok(has("attachment; filename*=UTF-8''%E5%90%8D%E5%8D%95%201.csv"), "file name");
    is_int(ask("GET", "/assets/app-0a1b2c3d.css", "Accept-Encoding: gzip\r\n", NULL), 200, "asset");
    ok(has("immutable") && has("Content-Encoding: gzip") && has("not really gzip"), "asset twin");
    is_int(ask("GET", "/assets/manifest.json", "", NULL), 200, "asset ending in .json");
    is_int(ask("GET", "/assets/../web.c", "", NULL), 404, "no way out of assets");
    is_int(ask("GET", "/settings/ui?size=elder&from=/things", "", NULL), 303, "display settings");
    ok(has("ui=elder.") && has("Location: /things\r\n"), "cookie and way back");
    is_int(ask("GET", "/settings/ui?size=elder&from=//evil.example", "", NULL), 303, "display settings, foreign way back");
    ok(has("Location: /\r\n"), "only local ways back");
    is_int(ask("GET", "/en/things/5", "", NULL), 200, "English prefix");
    ok(has("<html lang=\"en\">") && has("One thing"), "translated title");
    is_int(ask("GET", "/en", "", NULL), 200, "English home");
    ok(has("3 things in all"), "translated text with a value");
}

static char csrf[100], once[100], vid[200];
static void take(const char *from, char *to, size_t cap, char stop)
{
    const char *at = strstr(answer, from);
    size_t n = 0;
    for (at = at == NULL ? "" : at + strlen(from); *at != '\0' && *at != stop && n + 1 < cap; at++)
        to[n++] = *at;
    to[n] = '\0';
}

static void forms(void)
{
    is_int(ask("GET", "/things/new", "", NULL), 200, "form");
    take("name=\"_csrf\" value=\"", csrf, sizeof csrf, '"');
    take("name=\"_once\" value=\"", once, sizeof once, '"');
    take("Set-Cookie: vid=", vid, sizeof vid, ';');
    ok(strlen(csrf) == 32 && strlen(once) == 32 && strlen(vid) == 32, "form carries its tokens");
    is_int(ask("POST", "/things", FORM SAME, "title=&wage=x"), 422, "mistakes");
    ok(has("<p class=\"err\">") && has("name=\"wage\" value=\"x\""), "form again with what was typed");
    is_int(ask("POST", "/things", FORM SAME, "title=taken"), 422, "the office's objection");
    ok(has("这个标题已经有了。"), "its sentence");
    is_int(ask("POST", "/things", FORM SAME, "title=%E6%A0%87%E9%A2%98&_once=abcdefgh1"), 303, "success");
    ok(has("Location: /things/7") && has("Set-Cookie: note="), "303 with a note");
    is_str(toy.title, "标题", "decoded");
    int made = toy.made;
    is_int(ask("POST", "/things", FORM SAME, "title=x&_once=abcdefgh1"), 303, "double submit");
    is_int(toy.made, made, "is one act");
    ok(has("Location: /things/7"), "and leads to the same place");
    is_int(ask("POST", "/things", FORM, "title=a"), 403, "no origin, no token");
    ok(has("name=\"title\" value=\"a\""), "what was typed is kept");
    is_int(ask("POST", "/things", FORM "Sec-Fetch-Site: cross-site\r\n", "title=a"), 403, "cross-site");
    is_int(ask("POST", "/things", FORM "Origin: http://evil.example\r\n", "title=a"), 403, "foreign origin");
    char head[400], body[400];
    snprintf(head, sizeof head, FORM "Cookie: vid=%s\r\n", vid);
    snprintf(body, sizeof body, "title=a&_csrf=%s", csrf);
    is_int(ask("POST", "/things", head, body), 303, "an old browser with the token");
    snprintf(body, sizeof body, "title=a&_csrf=%.31sX", csrf);
    is_int(ask("POST", "/things", head, body), 403, "a wrong token");
    is_int(ask("POST", "/things", SAME "Content-Type: application/json\r\n", "{\"title\":\"json\",\"wage\":12.5}"), 303, "JSON body, page wanted");
    is_int(ask("POST", "/things.json", SAME "Content-Type: application/json\r\n", "{\"title\":\"json\",\"wage\":12.5}"), 200, "JSON body");
    ok(has("\"location\":\"/things/7\""), "JSON answer");
    is_int(ask("POST", "/things.json", SAME "Content-Type: application/json\r\n", "{\"title\":\"\"}"), 422, "JSON mistakes");
    is_int(ask("POST", "/things.json", SAME "Content-Type: application/json\r\n", "{\"title\":"), 400, "broken JSON");
    is_int(ask("POST", "/things", SAME "Content-Type: text/plain\r\n", "x"), 400, "unknown body");
    static const struct { err_t e; int status; } down[] = {{E_DB, 503}, {E_BUSY, 503}, {E_FULL, 507}, {E_CONFLICT, 409}, {E_LOGIN, 401}};
    for (size_t i = 0; i < 5; i++) {
        toy.next = down[i].e;
        is_int(ask("POST", "/things", FORM SAME, "title=keep+me"), down[i].status, "failure of ours");
        ok(has("value=\"keep me\""), "nothing typed is lost");
    }
}

static void roles(void)
{
    is_int(ask("GET", "/desk?x=1", "", NULL), 303, "login wanted");
    ok(has("Location: /login?next=/desk%3Fx%3D1"), "with the way back");
    is_int(ask("GET", "/desk.json", "", NULL), 401, "login wanted of a program");
    is_int(ask("GET", "/desk", STAFF, NULL), 200, "staff");
    ok(has("王静（示例）") && has("private, no-cache"), "actor shown, not shared");
    is_int(ask("GET", "/nowhere", STAFF, NULL), 404, "an unknown path");
    ok(has("王静（示例）"), "also knows who reads it");
    is_int(ask("GET", "/desk", "Authorization: Bearer staff-token\r\n", NULL), 200, "bearer");
    is_int(ask("GET", "/desk", "Authorization: Bearer wrong\r\n", NULL), 401, "wrong bearer");
    is_int(ask("GET", "/desk", "Cookie: sid=seeker-token\r\n", NULL), 403, "another role");
    ok(has("驿站工作人员、驿站负责人"), "says which role");
    is_int(ask("GET", "/desk/things/1", STAFF, NULL), 200, "own thing");
    is_int(ask("GET", "/desk/things/2", STAFF, NULL), 404, "a foreign thing is absent");
    is_int(ask("GET", "/desk/secret", STAFF, NULL), 200, "sensitive");
    ok(has("no-store"), "is not kept");
    is_int(ask("GET", "/desk/fresh", STAFF, NULL), 303, "fresh proof wanted");
    ok(has("Location: /confirm?next=/desk/fresh"), "confirm");
    is_int(ask("POST", "/desk/notes", FORM SAME STAFF, "title=a"), 403, "signed in: the token is always wanted");
    char body[200];
    is_int(ask("GET", "/things/new", STAFF, NULL), 200, "form of the signed in");
    take("name=\"_csrf\" value=\"", csrf, sizeof csrf, '"');
    snprintf(body, sizeof body, "title=a&_csrf=%s", csrf);
    is_int(ask("POST", "/desk/notes", FORM SAME STAFF, body), 303, "with the token");
    is_int(ask("POST", "/desk/late", FORM SAME STAFF, body), 409, "a page of buttons, without a form in its view");
    ok(has("<p class=\"err\">别人刚办过。</p>"), "says what is wrong all the same");
    is_int(ask("POST", "/desk/refused", FORM SAME STAFF, body), 403, "an act for somebody else");
    ok(has("要由另一位同事来办。") && !has("驿站工作人员、驿站负责人"), "which is no matter of the account's role");
    is_int(ask("POST", "/desk/notes", FORM STAFF, body), 303, "with the token, old browser");
    is_int(ask("POST", "/desk/notes", FORM "Authorization: Bearer staff-token\r\n", "title=b"), 303, "bearer needs none");
    is_int(ask("POST", "/desk/notes", FORM SAME "Cookie: sid=ended\r\n", "title=long+text&pin=geheim&_once=abcdefgh"), 303, "session ended");
    ok(has("Location: /login?next=/resume/D1&draft=D1"), "draft kept");
    is_int(toy.draft_pairs, 1, "without passwords and tokens");
    is_int(ask("GET", "/resume/D1", STAFF, NULL), 200, "resumed");
    ok(has("action=\"/desk/notes\"") && has("value=\"long text\"") && has("_csrf"), "the form as it was");
    is_int(ask("POST", "/login", FORM SAME, ""), 303, "login");
    ok(has("Set-Cookie: sid=staff-token; Path=/; HttpOnly; SameSite=Lax"), "session cookie");
}

#define PART(disp, data) "--XX\r\nContent-Disposition: form-data; " disp "\r\n\r\n" data "\r\n"
static void uploads(void)
{
    const char *multi = SAME "Content-Type: multipart/form-data; boundary=XX\r\n";
    is_int(ask("POST", "/papers", multi, PART("name=\"about\"", "说明") PART("name=\"file\"; filename=\"C:\\a\\简历.txt\"", "hello\r\n--X") "--XX--\r\n"),
           303, "upload");
    is_str(toy.title, "说明|简历.txt", "field and file name");
    ok(toy.file_size == 10 && memcmp(toy.file, "hello\r\n--X", 10) == 0, "bytes of the file");
    struct stat st;
    ok(stat(toy.spool, &st) != 0, "spool file is gone");
    is_int(ask("POST", "/papers", multi, PART("name=\"about\"", "x") PART("name=\"file\"; filename=\"\"", "") "--XX--\r\n"), 422, "no file chosen");
    static char big[90000];
    int n = snprintf(big, sizeof big, "%s%s", PART("name=\"about\"", "kept"), "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"b\"\r\n\r\n");
    memset(big + n, 'x', 70000);
    snprintf(big + n + 70000, 100, "\r\n--XX--\r\n");
    is_int(ask("POST", "/papers", multi, big), 422, "file too large");
    ok(has("value=\"kept\"") && has("class=\"err\""), "the other fields are kept");
    is_int(ask("POST", "/things", multi, PART("name=\"title\"", "multi") "--XX--\r\n"), 303, "multipart without a file");
    is_int(ask("POST", "/things", multi, PART("name=\"title\"; filename=\"x\"", "multi") "--XX--\r\n"), 413, "a file where none is taken");
    is_int(ask("POST", "/papers", multi, "--XX\r\nbroken"), 400, "broken multipart");
}

static void framing(void)
{
#define H "Host: localhost\r\nConnection: close\r\n"
    static const struct { const char *name, *bytes; size_t n; } bad[] = {
#define BAD(name, text) {name, text, sizeof(text) - 1}
        BAD("no Host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"),
        BAD("two Hosts", "GET / HTTP/1.1\r\n" H "Host: b\r\n\r\n"),
        BAD("two lengths", "POST /things HTTP/1.1\r\n" H "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        BAD("equal lengths", "POST /things HTTP/1.1\r\n" H "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd"),
        BAD("signed length", "POST /things HTTP/1.1\r\n" H "Content-Length: +4\r\n\r\nabcd"),
        BAD("hex length", "POST /things HTTP/1.1\r\n" H "Content-Length: 0x4\r\n\r\nabcd"),
        BAD("list length", "POST /things HTTP/1.1\r\n" H "Content-Length: 4, 4\r\n\r\nabcd"),
        BAD("length and encoding", "POST /things HTTP/1.1\r\n" H "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        BAD("unknown encoding", "POST /things HTTP/1.1\r\n" H "Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n"),
        BAD("encoding list", "POST /things HTTP/1.1\r\n" H "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
        BAD("encoding in 1.0", "POST /things HTTP/1.0\r\n" H "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        BAD("content encoding", "POST /things HTTP/1.1\r\n" H "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"),
        BAD("header name with blank", "GET / HTTP/1.1\r\n" H "X Y: 1\r\n\r\n"),
        BAD("blank before colon", "GET / HTTP/1.1\r\n" H "X : 1\r\n\r\n"),
        BAD("control byte", "GET / HTTP/1.1\r\n" H "X: a\001b\r\n\r\n"),
        BAD("NUL in value", "GET / HTTP/1.1\r\n" H "X: a\0b\r\n\r\n"),
        BAD("NUL in last value", "GET / HTTP/1.1\r\n" H "X: a\0\r\n\r\n"),
        BAD("NUL in name", "GET / HTTP/1.1\r\n" H "X\0Y: a\r\n\r\n"),
        BAD("NUL in target", "GET /\0x HTTP/1.1\r\n" H "\r\n"),
        BAD("folded header", "GET / HTTP/1.1\r\n" H "X: a\r\n b\r\n\r\n"),
        BAD("absolute target", "GET http://localhost/ HTTP/1.1\r\n" H "\r\n"),
        BAD("raw UTF-8 target", "GET /\xe4\xb8\xad HTTP/1.1\r\n" H "\r\n"),
        BAD("backslash", "GET /\\x HTTP/1.1\r\n" H "\r\n"),
        BAD("version", "GET / HTTP/2.0\r\n" H "\r\n"),
        BAD("body of a GET", "GET / HTTP/1.1\r\n" H "Content-Length: 1\r\n\r\nx"),
        BAD("method", "G@T / HTTP/1.1\r\n" H "\r\n"),
        BAD("host with path", "GET / HTTP/1.1\r\nConnection: close\r\nHost: a/b\r\n\r\n"),
        BAD("bad escape in query", "GET /things?wage=%zz HTTP/1.1\r\n" H "\r\n"),
        BAD("NUL escape in query", "GET /things?wage=%00 HTTP/1.1\r\n" H "\r\n"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int s = raw(bad[i].bytes, bad[i].n);
        char name[100];
        snprintf(name, sizeof name, "refused: %s (%d)", bad[i].name, s);
        ok((s >= 400 && s < 500 && s != 404) || s == 0 || s == 505 || (s == 501 && strcmp(bad[i].name, "method") == 0), name);
    }
    static const struct { const char *path; } absent[] = {
        {"/things/a%2Fb"}, {"/things/%2e%2e"}, {"/things/.."}, {"//things"}, {"/things/"}, {"/things/%00"}, {"/things/%ff"}, {"/./things"},
    };
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++)
        is_int(ask("GET", absent[i].path, "", NULL), 404, absent[i].path);
    static char many[20000];
    size_t n = 0;
    for (int i = 0; i < 101; i++)
        n += (size_t)snprintf(many + n, sizeof many - n, "X-%d: 1\r\n", i);
    is_int(ask("GET", "/", many, NULL), 400, "too many headers");
    memset(many, 'a', 17000);
    memcpy(many, "X: ", 3);
    strcpy(many + 17000, "\r\n");
    is_int(ask("GET", "/", many, NULL), 400, "headers too large");
    memset(many, 'a', 9000);
    many[0] = '/';
    many[9000] = '\0';
    is_int(ask("GET", many, "", NULL), 400, "target too long");
    is_int(raw("POST /things HTTP/1.1\r\n" H FORM "Content-Length: 99999999\r\n\r\n", strlen("POST /things HTTP/1.1\r\n" H FORM "Content-Length: 99999999\r\n\r\n")), 413,
           "refused before the body");
    const char *two = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    is_int(raw(two, strlen(two)), 200, "two requests in one go");
    const char *second = strstr(answer + 10, "HTTP/1.1 200");
    ok(second != NULL, "both answered");
    const char *chunks = "POST /things HTTP/1.1\r\n" H FORM SAME "Transfer-Encoding: chunked\r\n\r\n6\r\ntitle=\r\n3\r\nabc\r\n0\r\n\r\n";
    is_int(raw(chunks, strlen(chunks)), 303, "a chunked form");
    is_str(toy.title, "abc", "its text");
}

/* Sends in pieces of `piece` bytes, with a breath between them. */
static int pieces(const char *text, size_t piece)
{
    int fd = dial();
    for (size_t at = 0, n = strlen(text); at < n; at += piece) {
        (void)!send(fd, text + at, n - at < piece ? n - at : piece, MSG_NOSIGNAL);
        poll(NULL, 0, 1);
    }
    bool closed = drain(fd, answer, sizeof answer, 5000);
    close(fd);
    return closed ? status_of(answer) : -1;
}

static void wire(void)
{
    static char big[40000];
    int n = snprintf(big, sizeof big, "GET /things?wage=5 HTTP/1.1\r\nHost: a\r\nConnection:close\r\nAccept:\t text/html\r\nX: ");
    memset(big + n, 'x', 15500);
    snprintf(big + n + 15500, 20, "\r\nY: 1\r\n\r\n");
    is_int(raw(big, strlen(big)), 200, "15 KiB of headers, blanks and tabs as one likes");
    is_int(pieces(big, 700), 200, "in pieces");
    is_int(pieces("GET /healthz HTTP/1.1\nHost: a\nConnection: close\n\n", 5), 200, "bare line ends, in pieces");
    int fd = dial();
    const char *head = "POST /things HTTP/1.1\r\nHost: a\r\n" FORM SAME "Transfer-Encoding: chunked\r\n\r\n";
    (void)!send(fd, head, strlen(head), MSG_NOSIGNAL);
    memset(big, 'a', sizeof big);
    memcpy(big, "8000\r\n", 6);
    memcpy(big + 6 + 0x8000, "\r\n", 2);
    size_t sent = 0;
    while (sent < 64u << 20 && send(fd, big, 0x8000 + 8, MSG_NOSIGNAL) > 0)
        sent += 0x8000;
    close(fd);
    ok(sent < 32u << 20, "an endless chunked body is cut");
}

/* More connections than the city takes: who comes later is told to wait, nobody is left without an answer. */
static void crowd(struct ctx *cx, struct web_config c)
{
    struct web *w;
    int old = port, fds[12];
    c.port = 0;
    c.max_connections = 8;
    char page[200];
    snprintf(page, sizeof page, "%s/src/city/toy", c.spool_dir);
    for (char *p = page + strlen(c.spool_dir) + 1; (p = strchr(p, '/')) != NULL; *p++ = '/') {
        *p = '\0';
        (void)mkdir(page, 0700);
    }
    (void)mkdir(page, 0700);
    strcat(page, "/home.html");
    FILE *f = fopen(page, "w");
    fputs("<h1>changed: {{hello}}</h1>", f);
    fclose(f);
    c.source_dir = c.spool_dir;
    if (!ok(web_start(cx, &c, &w, &port) == E_OK, "a small city, from the source tree"))
        return;
    is_int(ask("GET", "/", "", NULL), 200, "a page of the tree");
    ok(has("changed: &lt;b&gt;"), "is read from there");
    is_int(ask("GET", "/dev/reload", "", NULL), 200, "development: reload");
    ok(has("text/event-stream") && has("retry: 1000"), "as an event");
    for (int i = 0; i < 12; i++)
        fds[i] = dial();
    poll(NULL, 0, 100);
    is_int(ask("GET", "/healthz", "", NULL), 503, "the ninth connection");
    ok(has("Retry-After: 2"), "is told when to come again");
    for (int i = 0; i < 12; i++)
        close(fds[i]);
    poll(NULL, 0, 100);
    is_int(ask("GET", "/healthz", "", NULL), 200, "and then served");
    web_stop(w);
    port = old;
    unlink(page);
    for (char *p; (p = strrchr(page, '/')) != NULL && strlen(page) > strlen(c.spool_dir);) {
        *p = '\0';
        (void)rmdir(page);
    }
}

static int64_t ms_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void slow(void)
{
    static const char *const starts[] = {"", "GET / HTTP/1.1\r\nHost: a\r\nX: ", "POST /things HTTP/1.1\r\nHost: a\r\n" FORM "Content-Length: 5000\r\n\r\nti"};
    int fds[30];
    int64_t from = ms_now();
    for (int i = 0; i < 30; i++) {
        fds[i] = dial();
        (void)!send(fds[i], starts[i % 3], strlen(starts[i % 3]), MSG_NOSIGNAL);
    }
    int left = 30;
    int64_t worst = 0;
    while (left > 0 && ms_now() - from < 8000) {
        for (int i = 0; i < 30; i++) {
            char c;
            if (fds[i] < 0)
                continue;
            ssize_t n = recv(fds[i], &c, 1, MSG_DONTWAIT);
            if (n == 0 || (n < 0 && send(fds[i], "a", 1, MSG_NOSIGNAL) < 0)) {
                close(fds[i]);
                fds[i] = -1;
                left--;
            }
        }
        int64_t t = ms_now();
        (void)ask("GET", "/healthz", "", NULL);
        worst = ms_now() - t > worst ? ms_now() - t : worst;
        poll(NULL, 0, 20);
    }
    is_int(left, 0, "thirty slow clients are let go, though each sends a byte now and then");
    ok(ms_now() - from < 3500 && worst < 1000, "in time, and others are served meanwhile");
}

static void *ask_slow(void *arg)
{
    int fd = dial();
    const char *q = "GET /slow HTTP/1.1\r\nHost: a\r\n\r\n";
    (void)!send(fd, q, strlen(q), MSG_NOSIGNAL);
    *(bool *)arg = drain(fd, answer, sizeof answer, 3000) && status_of(answer) == 200 && has("Connection: close");
    close(fd);
    return NULL;
}

int main(void)
{
    struct arena a;
    arena_init(&a, 0);
    struct ctx cx = {.arena = &a, .lang = "zh"};
    struct embedded files[20] = {0};
    size_t n = sizeof toy_files / sizeof *toy_files;
    memcpy(files, toy_files, sizeof toy_files);
    for (size_t i = n; i-- > 4;) /* en.mo stands between assets/ and src/ */
        files[i + 1] = files[i];
    files[4] = (struct embedded){"en.mo", toy_mo(&a), toy_mo_len};
    char spool[] = "/tmp/yizhan-web-XXXXXX";
    struct web_config c = {
        .offices = toy_offices, .hooks = &toy_hooks, .address = "127.0.0.1", .workers = 2, .spool_dir = mkdtemp(spool),
        .max_upload = 64 << 10, .csrf_key = toy_key, .header_ms = 800, .body_ms = 1500, .idle_ms = 1000, .files = files,
    };
    struct web *w;
    if (!ok(web_start(&cx, &c, &w, &port) == E_OK, "start")) {
        printf("# %s\n", cx.fail.detail);
        return done();
    }
    struct web *second;
    int other;
    c.port = port;
    ok(web_start(&cx, &c, &second, &other) == E_INVALID, "the port is taken");
    pages();
    forms();
    roles();
    uploads();
    framing();
    wire();
    c.port = 0;
    crowd(&cx, c);
    slow();
    pthread_t t;
    bool answered = false;
    pthread_create(&t, NULL, ask_slow, &answered);
    poll(NULL, 0, 100);
    web_stop(w);
    pthread_join(t, NULL);
    ok(answered, "what had begun is answered before the end");
    ok(dial() < 0, "nobody listens");
    ok(toy.closed > 0, "database connections are closed");
    rmdir(spool);
    arena_free(&a);
    return done();
}
