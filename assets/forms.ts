// Forms: one act for two clicks, text kept when the page is left, the eye led to what is wrong.

const DRAFT_DAYS = 7;
const NEVER_KEPT = new Set(['password', 'hidden', 'file']);

// A second click while the first is under way does nothing. The server has its own key for this (_once).
export function guard(form: HTMLFormElement): void {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = '1';
    event.submitter?.setAttribute('aria-busy', 'true');
    return undefined;
  });
  window.addEventListener('pageshow', () => {
    delete form.dataset.sent;
    form.querySelectorAll('[aria-busy]').forEach((button) => button.removeAttribute('aria-busy'));
  });
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

// data-draft keeps the text on this device until it was sent. Never on a kiosk, never fields marked data-secret.
export function draft(form: HTMLFormElement): void {
  if (document.documentElement.hasAttribute('data-kiosk')) return;
  const key = `draft:${location.pathname}`;
  const kept = () =>
    ([...form.elements] as Control[]).filter((c) => c.name && !NEVER_KEPT.has(c.type) && !('secret' in c.dataset));
  const ticks = (c: Control): c is HTMLInputElement => c.type === 'checkbox' || c.type === 'radio';
  const read = () => kept().map((c) => [c.name, c.value, ticks(c) ? c.checked : null] as const);
  const first = JSON.stringify(read());

  try {
    const saved = JSON.parse(localStorage.getItem(key) ?? 'null') as { at: number; values: ReturnType<typeof read> } | null;
    if (saved && Date.now() - saved.at < DRAFT_DAYS * 86_400_000 && !form.querySelector('[aria-invalid=true]')) {
      for (const control of kept()) {
        const was = saved.values.find(([name, value]) => name === control.name && (!ticks(control) || value === control.value));
        if (!was) continue;
        if (ticks(control)) control.checked = was[2] ?? false;
        else if (!control.value) control.value = was[1];
      }
    } else if (saved) localStorage.removeItem(key);
  } catch {
    return; // storage is full or forbidden
  }
  form.addEventListener('input', () => {
    const now = read();
    try {
      if (JSON.stringify(now) === first) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: now }));
    } catch {
      return;
    }
  });
  form.addEventListener('submit', () => localStorage.removeItem(key));
}

export function leadToErrors(summary: HTMLElement): void {
  summary.tabIndex = -1;
  summary.focus();
  summary.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    const field = link?.hash ? document.getElementById(decodeURIComponent(link.hash.slice(1))) : null;
    if (!field) return;
    event.preventDefault();
    field.scrollIntoView({ block: 'center' });
    field.focus();
  });
}
