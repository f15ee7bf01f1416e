// What the pages do quicker with a script. Every page works without: hooks are data-* attributes only.
import 'htmx.org';
import { copy, geo, idle, readAloud, share } from './aids';
import { combo } from './combo';
import { draft, guard, leadToErrors } from './forms';

function each<E extends HTMLElement>(root: ParentNode, selector: string, wire: (element: E) => void): void {
  for (const element of root.querySelectorAll<E>(selector)) {
    const mark = `wired${wire.name}`;
    if (element.dataset[mark]) continue;
    element.dataset[mark] = '1';
    wire(element);
  }
}

function wire(root: ParentNode): void {
  each(root, 'form[method=post]', guard);
  each(root, 'form[data-draft]', draft);
  each(root, 'input[data-suggest]', combo);
  each(root, '[data-error-summary]', leadToErrors);
  each(root, 'button[data-read]', readAloud);
  each(root, '[data-copy]', copy);
  each(root, '[data-share]', share);
  each(root, 'button[data-geo]', geo);
  each<HTMLButtonElement>(root, 'button[data-print]', (button) => {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  });
}

// Development: the server tells when the newest source file changed.
function reloadOnChange(url: string): void {
  let first = '';
  new EventSource(url).addEventListener('message', (event) => {
    first ||= event.data as string;
    if (event.data !== first) location.reload();
  });
}

wire(document);
document.addEventListener('htmx:after:swap', () => wire(document));
document.addEventListener('keydown', (event) => {
  if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
    const field = document.querySelector<HTMLElement>('[data-palette]');
    if (field) {
      event.preventDefault();
      field.focus();
    }
  }
});
const dev = document.querySelector<HTMLMetaElement>('meta[name=dev-reload]'); // yizhan serve --dev
if (dev) reloadOnChange(dev.content);
const kiosk = document.documentElement.dataset.kiosk;
if (kiosk) idle(60, kiosk);
