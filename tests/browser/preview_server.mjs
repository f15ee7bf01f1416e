// preview_server.mjs -- serves the sample views of sample.mjs as pages, under the content security policy of the real server.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { Pages, root } from './render.mjs';
import { pages } from './sample.mjs';

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};
const STREETS = ['大王庄街道', '大直沽街道', '中山门街道'].map((value) => ({ value, label: `河东区 ${value}` }));

function view(name, query) {
  const [, data] = pages[name];
  const mode = query.get('mode');
  if (query.has('few')) return { ...data, jobs: data.jobs.slice(0, 1), total: '1' };
  if (mode === 'elder') return { ...data, ui: { size: 'elder', elder: true } };
  return mode ? { ...data, ui: { theme: mode, dark: mode === 'dark' } } : data;
}

// Answers {url, posts, close}; posts counts the forms that were sent.
export async function servePages() {
  const assets = path.join(root, 'build/gen/assets');
  const set = new Pages({ assets: JSON.parse(readFileSync(path.join(assets, 'manifest.json'), 'utf8')) });
  const served = { posts: 0 };
  const server = http.createServer((request, reply) => {
    const url = new URL(request.url, 'http://localhost');
    const answer = (type, body) =>
      reply.writeHead(200, { 'content-type': type, 'content-security-policy': CSP, 'cache-control': 'no-store' }).end(body);
    if (request.method === 'POST') served.posts++;
    if (url.pathname.startsWith('/assets/')) {
      const file = path.join(assets, path.basename(url.pathname));
      return answer(TYPES[path.extname(file)], readFileSync(file));
    }
    if (url.pathname === '/suggest/streets.json') {
      const items = STREETS.filter((s) => s.label.includes(url.searchParams.get('q') ?? ''));
      return answer('application/json', JSON.stringify({ items }));
    }
    const name = url.pathname === '/jobs' ? 'list' : url.pathname.slice(1);
    if (!pages[name]) return reply.writeHead(404).end();
    const send = () => answer('text/html; charset=utf-8', set.render(pages[name][0], view(name, url.searchParams)));
    return request.method === 'POST' ? setTimeout(send, 400) : send();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  served.url = `http://127.0.0.1:${server.address().port}`;
  served.close = () => server.close();
  return served;
}
