// Suggestions while typing: <input data-suggest="/streets.json">. The server answers {"items":[{"value","label"}]} to ?q=…
// The field stays an ordinary text field: what is typed counts, a suggestion only saves typing.

interface Item {
  value: string;
  label: string;
}

const WAIT_MS = 150;
let serial = 0;

async function ask(url: string, text: string, signal: AbortSignal): Promise<Item[]> {
  const at = new URL(url, location.href);
  at.searchParams.set('q', text);
  const answer = await fetch(at, { signal, headers: { Accept: 'application/json' } });
  return answer.ok ? (((await answer.json()) as { items?: Item[] }).items ?? []) : [];
}

export function combo(input: HTMLInputElement): void {
  const list = document.createElement('ul');
  const id = `pop${++serial}`;
  let items: Item[] = [];
  let at = -1;
  let timer = 0;
  let abort = new AbortController();

  list.id = id;
  list.className = 'pop';
  list.hidden = true;
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.labels?.[0]?.textContent?.trim() || input.name);
  input.parentElement?.append(list);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', id);
  input.setAttribute('aria-expanded', 'false');
  input.autocomplete = 'off';

  const show = (open: boolean) => {
    list.hidden = !open;
    input.setAttribute('aria-expanded', String(open));
    if (!open) mark(-1);
  };
  const mark = (to: number) => {
    at = to;
    [...list.children].forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
    if (at < 0) input.removeAttribute('aria-activedescendant');
    else {
      input.setAttribute('aria-activedescendant', `${id}-${at}`);
      list.children[at]?.scrollIntoView({ block: 'nearest' });
    }
  };
  const take = (i: number) => {
    const item = items[i];
    if (!item) return;
    input.value = item.value;
    show(false);
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const fill = () => {
    list.replaceChildren(
      ...items.map((item, i) => {
        const option = document.createElement('li');
        option.id = `${id}-${i}`;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.append(item.label);
        if (item.value !== item.label) {
          const code = document.createElement('small');
          code.textContent = item.value;
          option.append(code);
        }
        option.addEventListener('pointerdown', (event) => {
          event.preventDefault();
          take(i);
        });
        return option;
      }),
    );
    show(items.length > 0);
  };

  input.addEventListener('input', () => {
    clearTimeout(timer);
    abort.abort();
    abort = new AbortController();
    const text = input.value.trim();
    if (!text) return show(false);
    timer = window.setTimeout(async () => {
      try {
        items = await ask(input.dataset.suggest ?? '', text, abort.signal);
        if (document.activeElement === input) fill();
      } catch {
        show(false); // no network, or typed on: the text field works without
      }
    }, WAIT_MS);
  });
  input.addEventListener('keydown', (event) => {
    if (list.hidden || event.isComposing) return;
    const last = items.length - 1;
    if (event.key === 'ArrowDown') mark(at < last ? at + 1 : 0);
    else if (event.key === 'ArrowUp') mark(at > 0 ? at - 1 : last);
    else if (event.key === 'Enter' && at >= 0) take(at);
    else if (event.key === 'Escape') show(false);
    else return;
    event.preventDefault();
  });
  input.addEventListener('blur', () => show(false));
}
